//! `POST /api/v1/tasks/…`: what a tool does to many tasks: how many, and the first of them.

use endpoint::{Problem, Response, body, json};
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use task_model::types::{BulkOutcome, Caller, ToolError};

pub(crate) async fn change_many<I: DeserializeOwned>(
    tool: impl AsyncFnOnce(Caller, I) -> Result<BulkOutcome, ToolError>,
    caller: Caller,
    headers: &HeaderMap,
    content: endpoint::RequestBody,
) -> Result<Response, Problem> {
    let text = body::read(headers, content, &["application/json"]).await?;
    let input: I = json::read(&text)?;
    let outcome = tool(caller, input).await?;
    body::json(StatusCode::OK, &outcome)
}
