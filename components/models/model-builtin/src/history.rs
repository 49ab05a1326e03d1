//! A conversation as requests: what a person said, and the calls it led to with their results.

use serde_json::Value;

use crate::conversation::{Message, ToolCall, ToolResult};

/// One thing a person said, and the calls it led to.
#[derive(Debug, Clone, Default)]
pub struct Request {
    pub said: String,
    /// The calls, in order, with their results as far as they are known.
    pub calls: Vec<(ToolCall, Option<ToolResult>)>,
    /// How many times calls were asked for.
    pub rounds: usize,
}

/// What a person said before, and what is to be answered now.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Earlier requests, oldest first.
    pub earlier: Vec<Request>,
    /// The one to answer.
    pub current: Request,
}

/// Requests further back than this are not looked at. It is as much as the chat endpoint gives, so that each change of the
/// conversation that the model knows of can be taken back.
const MAX_REQUESTS: usize = 30;

impl History {
    /// Reads a conversation. The request to answer is the last one; or, when the conversation ends with a tool's result,
    /// the one that asked for that call, even if a "yes" to a confirmation stands in between.
    pub fn read(messages: &[Message]) -> History {
        let mut requests: Vec<Request> = Vec::new();
        let mut answered = None;
        for message in messages {
            answered = None;
            match message {
                Message::User(said) => requests.push(Request { said: said.clone(), ..Request::default() }),
                Message::Assistant { calls, .. } => {
                    if let Some(request) = requests.last_mut().filter(|_| !calls.is_empty()) {
                        request.rounds += 1;
                        request.calls.extend(calls.iter().map(|call| (call.clone(), None)));
                    }
                }
                Message::Tool(result) => {
                    answered = requests.iter_mut().enumerate().rev().find_map(|(at, request)| {
                        let call =
                            request.calls.iter_mut().rev().find(|(call, _)| call.id == result.call_id)?;
                        call.1 = Some(result.clone());
                        Some(at)
                    });
                }
            }
        }
        if let Some(at) = answered {
            requests.truncate(at + 1);
        }
        let current = requests.pop().unwrap_or_default();
        let skipped = requests.len().saturating_sub(MAX_REQUESTS);
        History { earlier: requests.split_off(skipped), current }
    }
}

impl ToolResult {
    /// The result as JSON; text that is none becomes a string.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.content).unwrap_or_else(|_| Value::String(self.content.clone()))
    }
}
