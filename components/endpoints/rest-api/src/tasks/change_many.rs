//! `POST /api/v1/tasks/…`: what a tool does to many tasks, or adds: how many, and the first of them.

use endpoint::{Problem, Response, body, json};
use http::StatusCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use task_model::types::{
    BulkOutcome, Caller, ImportOutcome, Restoration, TaskImport, TaskSelection, ToolError,
};

use crate::handler::{Call, Handler};

impl Handler<BulkOutcome> for TaskSelection {
    async fn handle(
        call: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<BulkOutcome, ToolError>,
    ) -> Result<Response, Problem> {
        change_many(call, tool).await
    }
}

impl Handler<BulkOutcome> for Restoration {
    async fn handle(
        call: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<BulkOutcome, ToolError>,
    ) -> Result<Response, Problem> {
        change_many(call, tool).await
    }
}

impl Handler<ImportOutcome> for TaskImport {
    async fn handle(
        call: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<ImportOutcome, ToolError>,
    ) -> Result<Response, Problem> {
        change_many(call, tool).await
    }
}

async fn change_many<Input: DeserializeOwned, Outcome: Serialize>(
    Call { caller, parts, body, .. }: Call,
    tool: impl AsyncFnOnce(Caller, Input) -> Result<Outcome, ToolError>,
) -> Result<Response, Problem> {
    let text = body::read(&parts.headers, body, &["application/json"]).await?;
    let input = json::read(&text)?;
    let outcome = tool(caller, input).await?;
    body::json(StatusCode::OK, &outcome)
}
