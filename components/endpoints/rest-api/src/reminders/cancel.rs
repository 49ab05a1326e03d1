//! `DELETE /api/v1/reminders/{id}`: cancels a reminder.

use endpoint::{Kind, Problem, Response, body};
use http::StatusCode;
use task_model::types::{Caller, Reminder, ReminderKey, ToolError};

use crate::handler::{Call, Handler};

impl Handler<Reminder> for ReminderKey {
    async fn handle(
        Call { caller, id, .. }: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<Reminder, ToolError>,
    ) -> Result<Response, Problem> {
        // Content of a DELETE has no meaning (RFC 9110, section 9.3.5), so it is not looked at.
        let reminder = tool(caller, Self { id }).await.map_err(failed)?;
        body::json(StatusCode::OK, &reminder)
    }
}

/// The error of the tool, which was given the id from the path: one that holds no id leads to no reminder.
fn failed(error: ToolError) -> Problem {
    match error {
        ToolError::Invalid(_) => Problem::new(Kind::ReminderNotFound),
        other => other.into(),
    }
}
