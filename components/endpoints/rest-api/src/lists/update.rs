//! `PATCH /api/v1/lists/{id}`: changes a list by a JSON Merge Patch (RFC 7396).

use endpoint::{Problem, Response, body};
use http::StatusCode;
use task_model::types::{Caller, ListChanges, TaskList, ToolError};

use super::{answer, if_match, patch};
use crate::handler::{Call, Handler};
use crate::patch::{MEDIA_TYPES, name_patch_types};

impl Handler<TaskList> for ListChanges {
    async fn handle(
        Call { caller, id, parts, body }: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<TaskList, ToolError>,
    ) -> Result<Response, Problem> {
        let text = body::read(&parts.headers, body, &MEDIA_TYPES).await.map_err(name_patch_types)?;
        let version = if_match::version(&caller, &id, &parts.headers).await?;
        let input = patch::read(&text, id, version)?;
        answer(StatusCode::OK, &tool(caller, input).await.map_err(if_match::failed)?)
    }
}
