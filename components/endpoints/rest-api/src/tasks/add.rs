//! `POST /api/v1/tasks`: adds a task. With an `Idempotency-Key`, which the caller carries, a repeated request answers what
//! the first one made.

use endpoint::{Problem, Response, body, json};
use http::HeaderMap;
use task_model::types::{Caller, NewTask};

use crate::answer;

pub(crate) async fn add(
    caller: Caller,
    headers: &HeaderMap,
    content: endpoint::RequestBody,
) -> Result<Response, Problem> {
    let text = body::read(headers, content, &["application/json"]).await?;
    let input: NewTask = json::read(&text)?;
    let task = task_tools::add_task::add_task(caller, input).await?;
    answer::created(&task)
}
