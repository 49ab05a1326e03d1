//! `POST /api/v1/tasks/quick`: adds a task by a line of text: 201 with it; 200 with what would be added, where a preview was asked for.

use endpoint::{Problem, Response, body, json};
use http::StatusCode;
use task_model::types::{Caller, QuickAddOutcome, QuickAddition, ToolError};

use crate::answer;
use crate::handler::{Call, Handler};

impl Handler<QuickAddOutcome> for QuickAddition {
    async fn handle(
        Call { caller, parts, body, .. }: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<QuickAddOutcome, ToolError>,
    ) -> Result<Response, Problem> {
        let text = body::read(&parts.headers, body, &["application/json"]).await?;
        let input = json::read(&text)?;
        let outcome = tool(caller, input).await?;
        match &outcome.task {
            Some(task) => answer::created_within(task, &outcome),
            None => body::json(StatusCode::OK, &outcome),
        }
    }
}
