//! `GET /api/v1/actions`: what was done to tasks in the last 24 hours.

use endpoint::{Problem, Response, body, query};
use http::StatusCode;
use task_model::types::{ActionQuery, Actions, Caller, ToolError};

use crate::handler::{Call, Handler};
use crate::problems;

impl Handler<Actions> for ActionQuery {
    async fn handle(
        Call { caller, parts, .. }: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<Actions, ToolError>,
    ) -> Result<Response, Problem> {
        let input = query::read(parts.uri.query())?;
        let actions = tool(caller, input).await.map_err(problems::from_parameter_error)?;
        body::json(StatusCode::OK, &actions)
    }
}
