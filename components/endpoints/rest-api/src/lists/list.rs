//! `GET /api/v1/lists`: the lists in their order.

use endpoint::{Problem, Response, body, query};
use http::StatusCode;
use task_model::types::{Caller, ListQuery, TaskLists, ToolError};

use crate::handler::{Call, Handler};
use crate::problems;

impl Handler<TaskLists> for ListQuery {
    async fn handle(
        Call { caller, parts, .. }: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<TaskLists, ToolError>,
    ) -> Result<Response, Problem> {
        let input = query::read(parts.uri.query())?;
        let lists = tool(caller, input).await.map_err(problems::from_parameter_error)?;
        body::json(StatusCode::OK, &lists)
    }
}
