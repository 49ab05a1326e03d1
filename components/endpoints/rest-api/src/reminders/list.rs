//! `GET /api/v1/reminders`: reminders of one task, or of one state.

use endpoint::{Problem, Response, body, query};
use http::StatusCode;
use task_model::types::{Caller, ReminderQuery, Reminders, ToolError};

use crate::handler::{Call, Handler};
use crate::problems;

impl Handler<Reminders> for ReminderQuery {
    async fn handle(
        Call { caller, parts, .. }: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<Reminders, ToolError>,
    ) -> Result<Response, Problem> {
        let input = query::read(parts.uri.query())?;
        let reminders = tool(caller, input).await.map_err(problems::from_parameter_error)?;
        body::json(StatusCode::OK, &reminders)
    }
}
