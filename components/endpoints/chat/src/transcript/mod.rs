//! What was said and done in a conversation: as it is stored, and as a model gets it.

mod model_view;
mod prune;

pub use model_view::to_model_messages;
pub use prune::prune;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use task_model::consent::Shown;
use task_model::types::Wording;

/// Who said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The person.
    User,
    /// The assistant.
    Assistant,
}

/// What a person's message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Something new.
    Message,
    /// A yes to the question before.
    Confirmed,
    /// A no to the question before.
    Declined,
}

impl Kind {
    /// The kind of this name.
    pub fn from_name(name: &str) -> Self {
        match name {
            "confirmed" => Self::Confirmed,
            "declined" => Self::Declined,
            _ => Self::Message,
        }
    }
}

/// A message of a conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TranscriptMessage {
    /// Who said it.
    pub role: Role,
    /// What it is. The assistant's are all messages.
    pub kind: Kind,
    /// The words that people see.
    pub text: String,
    /// How the assistant's answer came about.
    pub steps: Vec<Step>,
    /// What the assistant asked before doing it.
    pub question: Option<Question>,
}

impl TranscriptMessage {
    /// What a person says.
    pub fn by_user(kind: Kind, text: impl Into<String>) -> Self {
        Self { role: Role::User, kind, text: text.into(), steps: Vec::new(), question: None }
    }

    /// An answer as far as it has come.
    pub fn by_assistant(steps: Vec<Step>) -> Self {
        Self { role: Role::Assistant, kind: Kind::Message, text: String::new(), steps, question: None }
    }
}

/// One turn of the model: its words, and the calls it asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Its words.
    pub text: String,
    /// Its calls.
    pub calls: Vec<Call>,
}

/// A tool call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// Pairs it with its result.
    pub id: String,
    /// The tool's name.
    pub name: String,
    /// Its input.
    pub arguments: Map<String, Value>,
    /// What came of it; `None` while it waits for the person's yes.
    pub outcome: Option<Outcome>,
    /// What a person is told of it, as the tool said when it was called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<Wording>,
}

/// What came of a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// It did not do what was asked; `content` says why.
    pub failed: bool,
    /// The structured result, or the problem, or a sentence.
    pub content: Value,
}

impl Outcome {
    /// A failure in a sentence.
    pub fn failure(sentence: impl Into<String>) -> Self {
        Self { failed: true, content: Value::String(sentence.into()) }
    }

    /// The content as text: JSON unless it is a sentence.
    pub fn text(&self) -> String {
        match &self.content {
            Value::String(text) => text.clone(),
            content => content.to_string(),
        }
    }
}

/// What the assistant asks before it does something that can't be taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The question, in a sentence.
    pub prompt: String,
    /// The calls that a yes runs.
    pub calls: Vec<PendingCall>,
}

impl Question {
    /// The question as it stays in the conversation: how its calls go on is nobody's business later.
    #[must_use]
    pub fn as_said(&self) -> Self {
        let mut said = self.clone();
        said.calls.iter_mut().for_each(|call| call.retry = None);
        said
    }
}

/// A call that waits for the person's yes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PendingCall {
    /// Pairs it with its result.
    pub id: String,
    /// The tool's name.
    pub name: String,
    /// Its input, held to what the person was shown: the version of one task, the ids of many.
    pub arguments: Map<String, Value>,
    /// What the question showed of many tasks. A release that keeps no [`Retry`] compares it before it makes the call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Shown>,
    /// What the tool does to a task, as a verb.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verb: Option<String>,
    /// It deletes something, or may: nobody knows what it does.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub destructive: bool,
    /// How it goes on after a yes; without it the person is asked anew. It is kept in the row of the open question alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry: Option<Retry>,
}

/// What a call is sent again with when the person has agreed (MCP 2026-07-28, Multi Round-Trip Requests).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Retry {
    /// The input, as it was when the question came back.
    pub arguments: Map<String, Value>,
    /// What the server wants back, unread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The answer that is a yes.
    pub answers: Map<String, Value>,
}
