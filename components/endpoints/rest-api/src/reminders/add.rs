//! `POST /api/v1/reminders`: adds a reminder.

use endpoint::{Problem, Response, body, json};
use http::StatusCode;
use task_model::types::{Caller, NewReminder, Reminder, ToolError};

use crate::handler::{Call, Handler};

impl Handler<Reminder> for NewReminder {
    async fn handle(
        Call { caller, parts, body, .. }: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<Reminder, ToolError>,
    ) -> Result<Response, Problem> {
        let text = body::read(&parts.headers, body, &["application/json"]).await?;
        let input = json::read(&text)?;
        body::json(StatusCode::CREATED, &tool(caller, input).await?)
    }
}
