//! `POST /api/v1/tasks/{id}/…`: what a tool does to one task that needs no more than its id: the task as it is afterwards.

use endpoint::{Problem, Response, body};
use http::{HeaderMap, StatusCode};
use task_model::types::{Caller, Task, TaskRef, ToolError};

use crate::{answer, if_match};

pub(crate) async fn change_one(
    tool: impl AsyncFnOnce(Caller, TaskRef) -> Result<Task, ToolError>,
    caller: Caller,
    id: String,
    headers: &HeaderMap,
    content: endpoint::RequestBody,
) -> Result<Response, Problem> {
    body::expect_none(headers, content).await?;
    let version = if_match::version(&caller, &id, headers).await?;
    let task = tool(caller, TaskRef { id, version }).await.map_err(if_match::failed)?;
    answer::task(StatusCode::OK, &task)
}
