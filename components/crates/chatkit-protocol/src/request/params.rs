//! What the requests take.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::item::{InferenceOptions, UserContent};
use crate::record::{names, record};

record! {
    /// What a person says, as it is sent.
    UserMessageInput {
        /// The parts of it.
        content: Vec<UserContent>,
        /// The ids of what is attached.
        attachments: Vec<String>,
        /// How they want to be answered.
        inference_options: InferenceOptions;
        /// What they refer to.
        quoted_text: String,
    }
}

record! {
    /// Begins a thread.
    ThreadCreateParams {
        /// The first message.
        input: UserMessageInput,
    }
}

record! {
    /// Goes on with a thread.
    ThreadAddUserMessageParams {
        /// The message.
        input: UserMessageInput,
        /// The thread.
        thread_id: String,
    }
}

record! {
    /// Answers a client tool call.
    ThreadAddClientToolOutputParams {
        /// The thread.
        thread_id: String,
        /// What came of the call.
        result: Value,
    }
}

names! {
    /// Whether questions were answered.
    SubmissionStatus { Settled = "answered", Skipped = "skipped" }
}

record! {
    /// The answer to a question.
    SubmittedAnswer {
        /// The values chosen, or the words written.
        #[serde(default)]
        values: Vec<String>,
        /// They passed it over.
        #[serde(default)]
        skipped: bool,
    }
}

record! {
    /// The answers to questions.
    StructuredInputSubmission {
        /// Whether they were answered.
        #[serde(default)]
        status: SubmissionStatus,
        /// By the questions' ids.
        #[serde(default)]
        answers: BTreeMap<String, SubmittedAnswer>,
    }
}

record! {
    /// Answers the questions of an item.
    ThreadAddStructuredInputParams {
        /// The thread.
        thread_id: String,
        /// The item.
        item_id: String,
        /// The answers.
        input: StructuredInputSubmission,
    }
}

record! {
    /// Has a message answered once more.
    ThreadRetryAfterItemParams {
        /// The thread.
        thread_id: String,
        /// The message.
        item_id: String,
    }
}

record! {
    /// What a widget does.
    Action {
        /// What.
        #[serde(rename = "type")]
        kind: String,
        /// With what.
        #[serde(default)]
        payload: Value,
    }
}

record! {
    /// Does what a widget says.
    ThreadCustomActionParams {
        /// The thread.
        thread_id: String,
        /// What is done.
        action: Action;
        /// The widget.
        item_id: String,
    }
}

record! {
    /// Reads a thread.
    ThreadGetByIdParams {
        /// The thread.
        thread_id: String,
    }
}

names! {
    /// Which way a list runs.
    Order { Descending = "desc", Ascending = "asc" }
}

record! {
    /// Lists threads.
    ThreadListParams {
        /// Which way.
        #[serde(default)]
        order: Order;
        /// How many.
        limit: i64,
        /// Those after the one with this id.
        after: String,
    }
}

record! {
    /// Lists the items of a thread.
    ItemsListParams {
        /// The thread.
        thread_id: String,
        /// Which way.
        #[serde(default)]
        order: Order;
        /// How many.
        limit: i64,
        /// Those after the one with this id.
        after: String,
    }
}

names! {
    /// What a person thinks of items.
    FeedbackKind { Positive = "positive", Negative = "negative" }
}

record! {
    /// Says what a person thinks of items.
    ItemFeedbackParams {
        /// The thread.
        thread_id: String,
        /// The items.
        item_ids: Vec<String>,
        /// What they think.
        kind: FeedbackKind,
    }
}

record! {
    /// Gives a thread another title.
    ThreadUpdateParams {
        /// The thread.
        thread_id: String,
        /// The title.
        title: String,
    }
}

record! {
    /// Deletes a thread.
    ThreadDeleteParams {
        /// The thread.
        thread_id: String,
    }
}

record! {
    /// Announces a file.
    AttachmentCreateParams {
        /// The file's name.
        name: String,
        /// In bytes.
        size: i64,
        /// Its media type.
        mime_type: String,
    }
}

record! {
    /// Deletes a file.
    AttachmentDeleteParams {
        /// The file.
        attachment_id: String,
    }
}

record! {
    /// Wants to know what is said in a recording.
    InputTranscribeParams {
        /// The recording, in Base64.
        audio_base64: String,
        /// Its media type.
        mime_type: String,
    }
}
