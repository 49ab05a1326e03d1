//! On whose behalf a request is made.

use std::ops::Deref;

use endpoint::{Origin, Problem};
use mcp_protocol::CallError;
use task_model::types::{Caller, ToolError};

/// A person: as the tools know them, and where they reach the app.
#[derive(Clone)]
pub(crate) struct UserContext {
    pub(crate) caller: Caller,
    /// The app's own origin, as their client knows it.
    pub(crate) origin: Origin,
}

impl UserContext {
    /// Someone who reaches the app at this origin.
    pub(crate) fn new(caller: Caller, origin: Origin) -> Self {
        Self { caller, origin }
    }
}

impl Deref for UserContext {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.caller
    }
}

impl mcp_protocol::Caller for UserContext {
    fn user(&self) -> &str {
        &self.user_id
    }
}

/// What a tool's error means where the tool was not called by a model but for a resource, a prompt or a completion.
pub(crate) fn call_error(error: ToolError) -> CallError {
    match error {
        ToolError::NotFound
        | ToolError::ListNotFound
        | ToolError::ReminderNotFound
        | ToolError::ActionNotFound => CallError::NotFound,
        ToolError::Forbidden(scope) => CallError::InsufficientScope { scope },
        ToolError::Unavailable(seconds) => CallError::Unavailable { seconds },
        ToolError::Invalid(violations) => {
            let sentences: Vec<String> = violations.into_iter().map(|violation| violation.message).collect();
            CallError::InvalidParams(sentences.join(" "))
        }
        ToolError::Conflict(version) => {
            CallError::InvalidParams(format!("It has changed: its version is {version}."))
        }
        refused @ (ToolError::Full(_)
        | ToolError::TooManyLists(_)
        | ToolError::TooManyReminders(_)
        | ToolError::ActionOvertaken(_)) => {
            CallError::InvalidParams(Problem::from(refused).sentence().into_owned())
        }
        ToolError::Internal(id) => CallError::Internal(internal(&id)),
    }
}

/// A fault of ours, in words that give nothing away.
pub(crate) fn internal(request_id: &str) -> String {
    format!("Something went wrong on our side. Please report this id: {request_id}.")
}
