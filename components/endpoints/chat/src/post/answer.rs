//! The answer as it is sent.

use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::history::TurnKey;
use crate::said::{HeldCall, Question, Step};
use crate::turn::Finished;

/// The answer to a message.
#[derive(Debug, Serialize)]
pub struct Answer {
    conversation_id: Uuid,
    message_id: Uuid,
    reply: String,
    tool_calls: Vec<ToolCall>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmation: Option<Confirmation>,
}

impl Answer {
    /// An answer that has been stored.
    pub fn new(key: TurnKey, finished: Finished) -> Self {
        Self {
            conversation_id: key.conversation,
            message_id: key.answer,
            reply: finished.reply,
            tool_calls: tool_calls(finished.steps),
            confirmation: finished.question.map(Confirmation::from),
        }
    }
}

/// A call that was made.
#[derive(Debug, Serialize)]
pub struct ToolCall {
    id: String,
    name: String,
    arguments: Map<String, Value>,
    failed: bool,
    result: Value,
}

/// The calls of these steps that were made, in order.
pub fn tool_calls(steps: Vec<Step>) -> Vec<ToolCall> {
    steps
        .into_iter()
        .flat_map(|step| step.calls)
        .filter_map(|call| {
            let outcome = call.outcome?;
            Some(ToolCall {
                id: call.id,
                name: call.name,
                arguments: call.arguments,
                failed: outcome.failed,
                result: outcome.content,
            })
        })
        .collect()
}

/// What the person is asked.
#[derive(Debug, Serialize)]
pub struct Confirmation {
    prompt: String,
    /// The first call's tool.
    tool: String,
    /// The first call's input.
    arguments: Map<String, Value>,
    /// Every call that a yes runs.
    calls: Vec<HeldCall>,
    /// When the question is dropped.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
}

impl Confirmation {
    /// With the instant at which it is dropped, as RFC 3339 has it.
    pub fn until(self, expires_at: String) -> Self {
        Self { expires_at: Some(expires_at), ..self }
    }
}

impl From<Question> for Confirmation {
    fn from(question: Question) -> Self {
        let first = question.calls.first();
        Self {
            prompt: question.prompt,
            tool: first.map(|call| call.name.clone()).unwrap_or_default(),
            arguments: first.map(|call| call.arguments.clone()).unwrap_or_default(),
            calls: question.calls,
            expires_at: None,
        }
    }
}
