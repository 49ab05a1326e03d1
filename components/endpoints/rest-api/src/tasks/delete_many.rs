//! `POST /api/v1/tasks/delete`: deletes the tasks that match; with `dry_run` it says which.

use endpoint::{Problem, Response, body, json};
use http::{HeaderMap, StatusCode};
use task_model::types::{Caller, TaskSelection};

pub(crate) async fn delete_many(
    caller: Caller,
    headers: &HeaderMap,
    content: endpoint::RequestBody,
) -> Result<Response, Problem> {
    let text = body::read(headers, content, &["application/json"]).await?;
    let input: TaskSelection = json::read(&text)?;
    let outcome = task_tools::delete_tasks::delete_tasks(caller, input).await?;
    body::json(StatusCode::OK, &outcome)
}
