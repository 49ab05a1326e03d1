//! What a thread is made of.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::attachment::Attachment;
use crate::record::{names, record};
use crate::source::Annotation;
use crate::structured_input::StructuredInput;
use crate::widget::WidgetRoot;
use crate::workflow::{Task, Workflow};

/// A part of a person's message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum UserContent {
    /// Words.
    #[serde(rename = "input_text")]
    Text {
        /// The words.
        text: String,
    },
    /// A mention of something that the app knows.
    #[serde(rename = "input_tag")]
    Tag {
        /// Its id.
        id: String,
        /// What it is called.
        text: String,
        /// More of it.
        data: Map<String, Value>,
        /// What it belongs to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        group: Option<String>,
        /// Whether it can be clicked.
        #[serde(default)]
        interactive: bool,
    },
}

record! {
    /// A tool that the person chose.
    ToolChoice {
        /// Its id.
        id: String,
    }
}

record! {
    /// How the person wants to be answered.
    InferenceOptions {;
        /// By which tool.
        tool_choice: ToolChoice,
        /// By which model.
        model: String,
    }
}

record! {
    /// What a person says.
    UserMessage {
        /// The parts of it.
        content: Vec<UserContent>,
        /// What is attached.
        #[serde(default)]
        attachments: Vec<Attachment>,
        /// How they want to be answered.
        inference_options: InferenceOptions;
        /// What they refer to.
        quoted_text: String,
    }
}

names! {
    /// What every part's `type` is.
    OutputTextType { OutputText = "output_text" }
}

record! {
    /// A part of what the assistant says.
    OutputText {
        /// What the words refer to.
        #[serde(default)]
        annotations: Vec<Annotation>,
        /// The words.
        text: String,
        /// Always the same.
        #[serde(rename = "type", default)]
        kind: OutputTextType,
    }
}

impl OutputText {
    /// Words that refer to nothing.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

record! {
    /// What the assistant says.
    AssistantMessage {
        /// The parts of it.
        content: Vec<OutputText>,
    }
}

names! {
    /// Whether the client has answered.
    ClientToolCallStatus { Pending = "pending", Completed = "completed" }
}

record! {
    /// A call that the client makes.
    ClientToolCall {
        /// Whether it has.
        #[serde(default)]
        status: ClientToolCallStatus,
        /// Pairs the call with its result.
        call_id: String,
        /// The tool.
        name: String,
        /// Its input.
        arguments: Map<String, Value>;
        /// What came of it.
        output: Value,
    }
}

record! {
    /// Something to look at and to act on.
    WidgetItem {
        /// How it is shown.
        widget: WidgetRoot;
        /// What is copied in its place.
        copy_text: String,
    }
}

record! {
    /// A picture that was made.
    GeneratedImage {
        /// Its id.
        id: String,
        /// Where it is.
        url: String,
    }
}

record! {
    /// A picture that is made.
    GeneratedImageItem {;
        /// The picture, once it is there.
        image: GeneratedImage,
    }
}

record! {
    /// Steps before an answer.
    WorkflowItem {
        /// The steps.
        workflow: Workflow,
    }
}

/// A step by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskItem {
    /// The step.
    pub task: Task,
}

record! {
    /// What the model knows and nobody sees.
    HiddenContext {
        /// Whatever it is.
        content: Value,
    }
}

record! {
    /// The same, written by the SDK itself.
    SdkHiddenContext {
        /// Words.
        content: String,
    }
}

/// What an item is, of the eleven kinds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ItemContent {
    /// What a person says.
    UserMessage(UserMessage),
    /// What the assistant says.
    AssistantMessage(AssistantMessage),
    /// A call that the client makes.
    ClientToolCall(ClientToolCall),
    /// Something to look at and to act on.
    Widget(Box<WidgetItem>),
    /// A picture that is made.
    GeneratedImage(GeneratedImageItem),
    /// Questions that a person answers by a form.
    StructuredInput(StructuredInput),
    /// Steps before an answer.
    Workflow(WorkflowItem),
    /// A step by itself.
    Task(TaskItem),
    /// The assistant has said all it has to say.
    EndOfTurn {},
    /// What the model knows and nobody sees.
    HiddenContextItem(HiddenContext),
    /// The same, written by the SDK itself.
    SdkHiddenContext(SdkHiddenContext),
}

/// An item of a thread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThreadItem {
    /// Names it.
    pub id: String,
    /// The thread that it belongs to.
    pub thread_id: String,
    /// When it came: RFC 3339.
    pub created_at: String,
    /// What it is.
    #[serde(flatten)]
    pub content: ItemContent,
}

impl ThreadItem {
    /// Whether nobody sees it: such items are in no page and in no stream.
    #[must_use]
    pub const fn is_hidden(&self) -> bool {
        matches!(self.content, ItemContent::HiddenContextItem(_) | ItemContent::SdkHiddenContext(_))
    }
}
