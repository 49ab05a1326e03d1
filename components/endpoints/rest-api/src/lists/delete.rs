//! `DELETE /api/v1/lists/{id}`: deletes a list, and says what became of what was in it.

use endpoint::{Problem, Response, body};
use http::StatusCode;
use task_model::types::{Caller, ListDeletion, ListRef, ToolError};

use super::if_match;
use crate::handler::{Call, Handler};

impl Handler<ListDeletion> for ListRef {
    async fn handle(
        Call { caller, id, parts, .. }: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<ListDeletion, ToolError>,
    ) -> Result<Response, Problem> {
        // Content of a DELETE has no meaning (RFC 9110, section 9.3.5), so it is not looked at.
        let version = if_match::version(&caller, &id, &parts.headers).await?;
        let deletion = tool(caller, Self { id, version }).await.map_err(if_match::failed)?;
        body::json(StatusCode::OK, &deletion)
    }
}
