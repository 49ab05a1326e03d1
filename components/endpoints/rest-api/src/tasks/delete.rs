//! `DELETE /api/v1/tasks/{id}`: deletes a task.

use endpoint::{Problem, Response, body};
use http::{HeaderMap, StatusCode};
use task_model::types::{Caller, TaskRef};

use crate::if_match;

pub(crate) async fn delete(caller: Caller, id: String, headers: &HeaderMap) -> Result<Response, Problem> {
    let version = if_match::version(&caller, &id, headers).await?;
    task_tools::delete_task::delete_task(caller, TaskRef { id, version }).await.map_err(if_match::failed)?;
    Ok(body::empty(StatusCode::NO_CONTENT))
}
