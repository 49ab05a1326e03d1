//! The answer as it is sent.

use serde::Serialize;
use serde_json::{Map, Value};
use task_model::types::Wording;
use uuid::Uuid;

use super::confirmation::Confirmation;
use crate::history::{StoredAnswer, TurnKey};
use crate::transcript::Step;
use crate::turn::TurnOutput;

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
    /// The answer of a turn.
    pub fn new(key: TurnKey, output: &TurnOutput) -> Self {
        Self {
            conversation_id: key.conversation,
            message_id: key.answer,
            reply: output.reply.clone(),
            tool_calls: tool_calls(output.steps.clone()),
            confirmation: output.question.clone().map(Confirmation::from),
        }
    }

    /// The answer of a turn that is over.
    pub fn stored(key: TurnKey, stored: StoredAnswer) -> Self {
        Self {
            conversation_id: key.conversation,
            message_id: key.answer,
            reply: stored.reply,
            tool_calls: tool_calls(stored.steps),
            confirmation: stored.question.map(Confirmation::from),
        }
    }

    /// The words.
    pub fn reply(&self) -> &str {
        &self.reply
    }

    /// As it is told in an event.
    pub fn to_value(&self) -> Value {
        // Structs of strings and JSON values have no way to fail.
        serde_json::to_value(self).unwrap_or_default()
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
    #[serde(skip_serializing_if = "Option::is_none")]
    wording: Option<Wording>,
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
                wording: call.wording,
            })
        })
        .collect()
}
