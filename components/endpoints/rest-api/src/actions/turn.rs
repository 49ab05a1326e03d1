//! `POST /api/v1/actions/…`: takes what was done to tasks back, or does it again.

use endpoint::{Problem, Response, body, json};
use http::StatusCode;
use task_model::types::{Action, ActionChoice, Caller, ToolError};

use crate::handler::{Call, Handler};

impl Handler<Action> for ActionChoice {
    async fn handle(
        Call { caller, parts, body, .. }: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<Action, ToolError>,
    ) -> Result<Response, Problem> {
        let text = body::read(&parts.headers, body, &["application/json"]).await?;
        let action = tool(caller, json::read(&text)?).await?;
        body::json(StatusCode::OK, &action)
    }
}
