//! `POST /api/v1/lists`: adds a list.

use endpoint::{Problem, Response, body, json};
use http::StatusCode;
use task_model::types::{Caller, NewList, TaskList, ToolError};

use super::answer;
use crate::handler::{Call, Handler};

impl Handler<TaskList> for NewList {
    async fn handle(
        Call { caller, parts, body, .. }: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<TaskList, ToolError>,
    ) -> Result<Response, Problem> {
        let text = body::read(&parts.headers, body, &["application/json"]).await?;
        let input = json::read(&text)?;
        answer(StatusCode::CREATED, &tool(caller, input).await?)
    }
}
