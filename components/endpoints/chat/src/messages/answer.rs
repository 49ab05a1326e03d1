//! The answer as it is sent.

use serde::Serialize;
use serde_json::{Map, Value};
use task_model::types::Wording;
use uuid::Uuid;

use super::confirmation::Confirmation;
use super::turn_job::Finished;
use crate::transcript::Step;

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

impl From<Finished> for Answer {
    fn from(Finished { key, output, .. }: Finished) -> Self {
        Self {
            conversation_id: key.conversation,
            message_id: key.answer,
            reply: output.reply,
            tool_calls: tool_calls(output.steps),
            confirmation: output.question.map(Confirmation::from),
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
