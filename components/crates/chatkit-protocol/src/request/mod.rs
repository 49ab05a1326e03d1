//! What a client asks for.

mod params;

pub use params::{
    Action, AttachmentCreateParams, AttachmentDeleteParams, FeedbackKind, InputTranscribeParams,
    ItemFeedbackParams, ItemsListParams, Order, StructuredInputSubmission, SubmissionStatus, SubmittedAnswer,
    ThreadAddClientToolOutputParams, ThreadAddStructuredInputParams, ThreadAddUserMessageParams,
    ThreadCreateParams, ThreadCustomActionParams, ThreadDeleteParams, ThreadGetByIdParams, ThreadListParams,
    ThreadRetryAfterItemParams, ThreadUpdateParams, UserMessageInput,
};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The member of a request that says which it is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Head {
    /// Which it is.
    #[serde(rename = "type")]
    pub kind: String,
}

/// A request as it is written, once it is known which.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RequestBody<P> {
    /// What it takes.
    pub params: P,
    /// Whatever the client wants to say beside it.
    #[serde(default)]
    pub metadata: Map<String, Value>,
}

/// Who reads a request's body, and says what is wrong with it in their own way.
pub trait ReadParams {
    /// What is said of a body that can't be read.
    type Error;

    /// Reads the body.
    ///
    /// # Errors
    /// What is wrong with it.
    fn read<P: DeserializeOwned>(&self) -> Result<RequestBody<P>, Self::Error>;
}

/// Makes the enum of the requests and the table of their names from one list.
macro_rules! requests {
    ($($(#[$meta:meta])* $variant:ident = $kind:literal: $params:ident),+ $(,)?) => {
        /// A request, of the sixteen kinds.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "type", content = "params")]
        pub enum Request {
            $($(#[$meta])* #[serde(rename = $kind)] $variant($params),)+
        }

        impl Request {
            /// What the kinds are called.
            pub const KINDS: &'static [&'static str] = &[$($kind),+];

            /// Reads the request of this kind, and what the client says beside it; `None` where there is no such kind.
            pub fn read<R: ReadParams>(kind: &str, body: &R) -> Option<Result<(Self, Map<String, Value>), R::Error>> {
                Some(match kind {
                    $($kind => body.read::<$params>().map(|body| (Self::$variant(body.params), body.metadata)),)+
                    _ => return None,
                })
            }
        }
    };
}

requests! {
    /// Begins a thread: a stream.
    ThreadsCreate = "threads.create": ThreadCreateParams,
    /// Goes on with a thread: a stream.
    ThreadsAddUserMessage = "threads.add_user_message": ThreadAddUserMessageParams,
    /// Answers a client tool call: a stream.
    ThreadsAddClientToolOutput = "threads.add_client_tool_output": ThreadAddClientToolOutputParams,
    /// Answers the questions of an item: a stream.
    ThreadsAddStructuredInput = "threads.add_structured_input": ThreadAddStructuredInputParams,
    /// Has a message answered once more: a stream.
    ThreadsRetryAfterItem = "threads.retry_after_item": ThreadRetryAfterItemParams,
    /// Does what a widget says: a stream.
    ThreadsCustomAction = "threads.custom_action": ThreadCustomActionParams,
    /// The same with one answer.
    ThreadsSyncCustomAction = "threads.sync_custom_action": ThreadCustomActionParams,
    /// Reads a thread.
    ThreadsGetById = "threads.get_by_id": ThreadGetByIdParams,
    /// Lists threads.
    ThreadsList = "threads.list": ThreadListParams,
    /// Lists the items of a thread.
    ItemsList = "items.list": ItemsListParams,
    /// Says what a person thinks of items.
    ItemsFeedback = "items.feedback": ItemFeedbackParams,
    /// Gives a thread another title.
    ThreadsUpdate = "threads.update": ThreadUpdateParams,
    /// Deletes a thread.
    ThreadsDelete = "threads.delete": ThreadDeleteParams,
    /// Announces a file.
    AttachmentsCreate = "attachments.create": AttachmentCreateParams,
    /// Deletes a file.
    AttachmentsDelete = "attachments.delete": AttachmentDeleteParams,
    /// Wants to know what is said in a recording.
    InputTranscribe = "input.transcribe": InputTranscribeParams,
}
