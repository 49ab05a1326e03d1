//! ChatKit's server protocol as types, as the server of PyPI `openai-chatkit` speaks it: a request is one JSON object that its
//! `type` names, and the answer is one JSON object or a stream of events.
//!
//! What is absent is left out and never `null`; a member that has a default may be left out by others and is always written
//! here, as the official server does. Members that the protocol does not have are passed over when a request is read, as there.

mod attachment;
mod event;
mod item;
mod item_update;
mod record;
mod request;
mod source;
mod structured_input;
mod thread;
pub mod widget;
mod workflow;

pub use attachment::{Attachment, FileAttachment, ImageAttachment, UploadDescriptor, UploadMethod};
pub use event::{ErrorCode, Level, StreamOptions, ThreadStreamEvent};
pub use item::{
    AssistantMessage, ClientToolCall, ClientToolCallStatus, GeneratedImage, GeneratedImageItem,
    HiddenContext, InferenceOptions, ItemContent, OutputText, OutputTextType, SdkHiddenContext, TaskItem,
    ThreadItem, ToolChoice, UserContent, UserMessage, WidgetItem, WorkflowItem,
};
pub use item_update::ThreadItemUpdate;
pub use request::{
    Action, AttachmentCreateParams, AttachmentDeleteParams, FeedbackKind, Head, InputTranscribeParams,
    ItemFeedbackParams, ItemsListParams, Order, ReadParams, Request, RequestBody, StructuredInputSubmission,
    SubmissionStatus, SubmittedAnswer, ThreadAddClientToolOutputParams, ThreadAddStructuredInputParams,
    ThreadAddUserMessageParams, ThreadCreateParams, ThreadCustomActionParams, ThreadDeleteParams,
    ThreadGetByIdParams, ThreadListParams, ThreadRetryAfterItemParams, ThreadUpdateParams, UserMessageInput,
};
pub use source::{Annotation, AnnotationType, EntitySource, FileSource, Source, UrlSource};
pub use structured_input::{
    AnswerGiven, Freeform, MultipleChoice, Question, QuestionOption, StructuredInput, StructuredInputStatus,
};
pub use thread::{Page, SyncActionAnswer, Thread, ThreadStatus, Transcription};
pub use workflow::{Summary, Task, TaskStatus, Workflow, WorkflowKind};

/// How many rows a page has where a request does not say.
pub const DEFAULT_PAGE_SIZE: u32 = 20;
