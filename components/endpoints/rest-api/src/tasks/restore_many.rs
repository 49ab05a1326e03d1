//! `POST /api/v1/tasks/restore`: takes back that tasks were deleted or completed.

use endpoint::{Problem, Response, body, json};
use http::{HeaderMap, StatusCode};
use task_model::types::{Caller, Restoration};

pub(crate) async fn restore_many(
    caller: Caller,
    headers: &HeaderMap,
    content: endpoint::RequestBody,
) -> Result<Response, Problem> {
    let text = body::read(headers, content, &["application/json"]).await?;
    let input: Restoration = json::read(&text)?;
    let outcome = task_tools::restore_tasks::restore_tasks(caller, input).await?;
    body::json(StatusCode::OK, &outcome)
}
