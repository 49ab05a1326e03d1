//! A task as an answer.

use endpoint::{Problem, Response, body, etag};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use task_model::types::Task;

/// The path below which a task lives.
pub(crate) const TASKS: &str = "/api/v1/tasks";

/// The task with its entity tag.
pub(crate) fn task(status: StatusCode, task: &Task) -> Result<Response, Problem> {
    let mut response = body::json(status, task)?;
    response.headers_mut().insert(header::ETAG, etag::from_version(task.version));
    Ok(response)
}

/// The task that was just made, and where it is.
pub(crate) fn created(made: &Task) -> Result<Response, Problem> {
    created_within(made, made)
}

/// An answer that has the task which was just made, and where that is.
pub(crate) fn created_within(made: &Task, answer: &impl Serialize) -> Result<Response, Problem> {
    let mut response = body::json(StatusCode::CREATED, answer)?;
    response.headers_mut().insert(header::ETAG, etag::from_version(made.version));
    if let Ok(location) = HeaderValue::from_str(&format!("{TASKS}/{}", made.id)) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}
