//! `GET /api/v1/tasks/{id}`: reads a task; 304 if the client has this version already.

use endpoint::{Problem, Response, body, etag};
use http::{HeaderMap, StatusCode, header};
use task_model::types::{Caller, TaskKey};

use crate::{answer, problems};

pub(crate) async fn get(caller: Caller, id: String, headers: &HeaderMap) -> Result<Response, Problem> {
    let condition = etag::if_none_match(headers)?;
    let task =
        task_tools::get_task::get_task(caller, TaskKey { id }).await.map_err(problems::from_task_error)?;
    if condition.is_some_and(|condition| condition.holds(task.version)) {
        let mut response = body::empty(StatusCode::NOT_MODIFIED);
        response.headers_mut().insert(header::ETAG, etag::from_version(task.version));
        return Ok(response);
    }
    answer::task(StatusCode::OK, &task)
}
