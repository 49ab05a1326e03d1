//! Calls of tools, replayed.
//!
//! Answering a request is one function that runs again each time results arrive: a call whose result is in the history
//! answers it at once, any other one is asked for and the function stops there. So nothing is kept between turns.

use serde_json::Value;

use crate::conversation::{Tool, ToolCall};
use crate::history::Request;

/// Why a call has no result.
#[derive(Debug, Clone, PartialEq)]
pub enum CallError {
    /// It was asked for; the turn ends here and goes on with its result.
    Pending,
    /// The tool is not among those that may be called.
    NotAllowed(&'static str),
    Failed(Failure),
}

/// Why a call failed.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// The problem (RFC 9457) as JSON, or the tool's plain words.
    pub content: String,
}

/// The calls of one request.
pub struct Calls<'a> {
    request: &'a Request,
    tools: &'a [Tool],
    replayed: bool,
    prefix: String,
    asked: Vec<ToolCall>,
}

/// A request that needs more rounds of calls than this is given up: it would never end.
pub const MAX_ROUNDS: usize = 8;

/// More calls than this are not asked for at once.
const MAX_CALLS: usize = 60;

impl<'a> Calls<'a> {
    /// Calls for a request that is to be answered, with these tools. Ids of calls begin with `prefix`, which makes them
    /// unique in the conversation.
    pub fn new(request: &'a Request, tools: &'a [Tool], prefix: String) -> Calls<'a> {
        Calls { request, tools, replayed: false, prefix, asked: Vec::new() }
    }

    /// Calls of a request that was answered before: what may be called now says nothing about then.
    pub fn replayed(request: &'a Request, tools: &'a [Tool]) -> Calls<'a> {
        Calls { request, tools, replayed: true, prefix: String::new(), asked: Vec::new() }
    }

    /// The result of this call; `step` names it within the request.
    pub fn call(&mut self, step: &str, tool: &'static str, arguments: &Value) -> Result<Value, CallError> {
        let ending = format!("-{step}");
        let known =
            self.request.calls.iter().find(|(call, _)| call.name == tool && call.id.ends_with(&ending));
        match known {
            Some((_, Some(result))) if result.failed => {
                Err(CallError::Failed(Failure { content: result.content.clone() }))
            }
            Some((_, Some(result))) => Ok(result.json()),
            Some((_, None)) => Err(CallError::Pending),
            None if !self.allows(tool) => Err(CallError::NotAllowed(tool)),
            None => {
                if self.asked.len() < MAX_CALLS {
                    let id = format!("{}{ending}", self.prefix);
                    self.asked.push(ToolCall { id, name: tool.to_owned(), arguments: arguments.to_string() });
                }
                Err(CallError::Pending)
            }
        }
    }

    /// The tool may be called.
    pub fn allows(&self, tool: &str) -> bool {
        self.replayed || self.tools.iter().any(|known| known.name == tool)
    }

    /// The tool is there now, whatever was there when a request was answered before.
    pub fn offers(&self, tool: &str) -> bool {
        self.tools.iter().any(|known| known.name == tool)
    }

    /// The tool may be called, and takes this argument.
    pub fn takes(&self, tool: &str, argument: &str) -> bool {
        let known = self.tools.iter().find(|known| known.name == tool);
        known.is_some_and(|known| {
            let schema: Value = serde_json::from_str(&known.input_schema).unwrap_or(Value::Null);
            schema.get("properties").is_some_and(|properties| properties.get(argument).is_some())
        })
    }

    /// The calls to ask for now.
    pub fn into_requested(self) -> Vec<ToolCall> {
        self.asked
    }
}
