//! `PATCH /api/v1/tasks/{id}`: changes a task by a JSON Merge Patch (RFC 7396).

use endpoint::{Problem, Response, body};
use http::StatusCode;
use task_model::types::{Caller, Task, TaskChanges, ToolError};

use crate::handler::{Call, Handler};
use crate::{answer, if_match, patch};

impl Handler<Task> for TaskChanges {
    async fn handle(
        Call { caller, id, parts, body }: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<Task, ToolError>,
    ) -> Result<Response, Problem> {
        let text =
            body::read(&parts.headers, body, &patch::MEDIA_TYPES).await.map_err(patch::name_patch_types)?;
        let version = if_match::version(&caller, &id, &parts.headers).await?;
        let input = patch::read(&text, id, version)?;
        let task = tool(caller, input).await.map_err(if_match::failed)?;
        answer::task(StatusCode::OK, &task)
    }
}
