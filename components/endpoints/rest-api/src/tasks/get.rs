//! `GET /api/v1/tasks/{id}`: reads a task; 304 if the client has this version already.

use endpoint::{Problem, Response, body, etag};
use http::{StatusCode, header};
use task_model::types::{Caller, Task, TaskKey, ToolError};

use crate::handler::{Call, Handler};
use crate::{answer, problems};

impl Handler<Task> for TaskKey {
    async fn handle(
        Call { caller, id, parts, .. }: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<Task, ToolError>,
    ) -> Result<Response, Problem> {
        let condition = etag::if_none_match(&parts.headers)?;
        let task = tool(caller, Self { id }).await.map_err(problems::from_task_error)?;
        if condition.is_some_and(|condition| condition.holds(task.version)) {
            let mut response = body::empty(StatusCode::NOT_MODIFIED);
            response.headers_mut().insert(header::ETAG, etag::from_version(task.version));
            return Ok(response);
        }
        answer::task(StatusCode::OK, &task)
    }
}
