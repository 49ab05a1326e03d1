//! The route table.

use endpoint::routing::{self, Resolution, Route};
use endpoint::{Context, Problem, Request, Response, accept};
use http::Method;

use crate::{cached, problems};

/// What can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// The OpenAPI document.
    GetOpenApi,
    /// The document as a page.
    GetApiDocs,
    /// Every kind of problem.
    ListProblems,
    /// One kind of problem.
    GetProblem,
}

const fn route(template: &'static str, operation: Operation) -> Route<Operation> {
    Route { method: Method::GET, template, operation }
}

/// Every route of this endpoint.
pub static ROUTES: [Route<Operation>; 4] = [
    route("/api/openapi.json", Operation::GetOpenApi),
    route("/api/docs", Operation::GetApiDocs),
    route("/problems", Operation::ListProblems),
    route("/problems/{kind}", Operation::GetProblem),
];

pub(crate) async fn dispatch(_context: &Context, request: Request) -> Result<Response, Problem> {
    let headers = request.headers();
    match routing::resolve(&ROUTES, request.method(), request.uri().path())? {
        Resolution::Operation(Operation::GetOpenApi, _) => {
            accept::negotiate(headers, &["application/json"])?;
            cached::json()
        }
        Resolution::Operation(Operation::GetApiDocs, _) => {
            accept::negotiate(headers, &["text/html"])?;
            cached::html()
        }
        Resolution::Operation(Operation::ListProblems, _) => problems::list(headers),
        Resolution::Operation(Operation::GetProblem, parameters) => {
            problems::get(headers, parameters.get("kind"))
        }
        Resolution::Options { allow } => Ok(routing::options(&allow)),
    }
}
