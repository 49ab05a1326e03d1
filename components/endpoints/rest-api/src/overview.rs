//! `GET /api/v1/overview`: where the user stands.

use endpoint::{Problem, Response, body, query};
use http::StatusCode;
use task_model::types::{Caller, Overview, OverviewQuery, ToolError};

use crate::handler::{Call, Handler};
use crate::problems;

impl Handler<Overview> for OverviewQuery {
    async fn handle(
        Call { caller, parts, .. }: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<Overview, ToolError>,
    ) -> Result<Response, Problem> {
        let input = query::read(parts.uri.query())?;
        let overview = tool(caller, input).await.map_err(problems::from_parameter_error)?;
        body::json(StatusCode::OK, &overview)
    }
}
