//! A conversation as the model sees it: the types of `todo:model/types` that the rules need, in plain Rust, so that
//! the rules run natively in tests.

/// A call of a tool that the model wants.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolCall {
    /// Pairs the call with its result; unique within the conversation.
    pub id: String,
    /// The tool's name.
    pub name: String,
    /// Its input as a JSON object.
    pub arguments: String,
}

/// What a tool answered.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolResult {
    pub call_id: String,
    /// The result, or the problem, as JSON; or plain text.
    pub content: String,
    /// The call failed; `content` says why.
    pub failed: bool,
}

/// One message, oldest first in a conversation.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// A person's words.
    User(String),
    /// The model's words and calls.
    Assistant {
        /// Its words; empty when it only called tools.
        text: String,
        /// The calls it asked for.
        calls: Vec<ToolCall>,
    },
    /// A tool's answer.
    Tool(ToolResult),
}

/// A tool that may be called.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tool {
    /// Its name in snake_case.
    pub name: String,
    /// Its input as a JSON Schema document.
    pub input_schema: String,
}

/// A conversation to be continued.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// The conversation so far.
    pub messages: Vec<Message>,
    /// The tools that may be called.
    pub tools: Vec<Tool>,
    /// The current instant in microseconds since 1970-01-01T00:00:00Z.
    pub now: i64,
    /// The IANA time zone in which the person means their days.
    pub time_zone: String,
}

/// What the model answers. A turn ends with `End`.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// More words.
    Text(String),
    /// A whole tool call.
    ToolCall(ToolCall),
    /// The turn is complete.
    End,
}
