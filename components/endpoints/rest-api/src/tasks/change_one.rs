//! `POST /api/v1/tasks/{id}/…`: what a tool does to one task that needs no more than its id: the task as it is afterwards.
//! `DELETE /api/v1/tasks/{id}`: the same, and nothing is left to answer.

use endpoint::{Problem, Response, body};
use http::{Method, StatusCode};
use task_model::types::{Caller, Task, TaskRef, ToolError};

use crate::handler::{Call, Handler};
use crate::{answer, if_match};

impl Handler<Task> for TaskRef {
    async fn handle(
        Call { caller, id, parts, body }: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<Task, ToolError>,
    ) -> Result<Response, Problem> {
        let is_deletion = parts.method == Method::DELETE;
        // Content of a DELETE has no meaning (RFC 9110, section 9.3.5), so it is not looked at.
        if !is_deletion {
            body::expect_none(&parts.headers, body).await?;
        }
        let version = if_match::version(&caller, &id, &parts.headers).await?;
        let task = tool(caller, Self { id, version }).await.map_err(if_match::failed)?;
        if is_deletion {
            Ok(body::empty(StatusCode::NO_CONTENT))
        } else {
            answer::task(StatusCode::OK, &task)
        }
    }
}
