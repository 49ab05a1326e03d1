//! `GET /api/v1/overview`: where the user stands.

use endpoint::{Problem, Response, body, query};
use http::StatusCode;
use task_model::types::{Caller, OverviewQuery};

use crate::problems;

pub(crate) async fn show(caller: Caller, parameters: Option<&str>) -> Result<Response, Problem> {
    let input: OverviewQuery = query::read(parameters)?;
    let overview =
        task_tools::overview::show_overview(caller, input).await.map_err(problems::from_parameter_error)?;
    body::json(StatusCode::OK, &overview)
}
