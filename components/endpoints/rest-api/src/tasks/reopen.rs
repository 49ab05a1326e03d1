//! `POST /api/v1/tasks/{id}/reopen`: makes a done task open again; one that is open stays as it is.

use endpoint::{Problem, Response, body};
use http::{HeaderMap, StatusCode};
use task_model::types::{Caller, TaskRef};

use crate::{answer, if_match};

pub(crate) async fn reopen(
    caller: Caller,
    id: String,
    headers: &HeaderMap,
    content: endpoint::RequestBody,
) -> Result<Response, Problem> {
    body::expect_none(headers, content).await?;
    let version = if_match::version(&caller, &id, headers).await?;
    let task = task_tools::reopen_task::reopen_task(caller, TaskRef { id, version })
        .await
        .map_err(if_match::failed)?;
    answer::task(StatusCode::OK, &task)
}
