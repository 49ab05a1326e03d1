//! `POST /api/v1/tasks/complete`: marks the open tasks that match as done; with `dry_run` it says which.

use endpoint::{Problem, Response, body, json};
use http::{HeaderMap, StatusCode};
use task_model::types::{Caller, TaskSelection};

pub(crate) async fn complete_many(
    caller: Caller,
    headers: &HeaderMap,
    content: endpoint::RequestBody,
) -> Result<Response, Problem> {
    let text = body::read(headers, content, &["application/json"]).await?;
    let input: TaskSelection = json::read(&text)?;
    let outcome = task_tools::complete_tasks::complete_tasks(caller, input).await?;
    body::json(StatusCode::OK, &outcome)
}
