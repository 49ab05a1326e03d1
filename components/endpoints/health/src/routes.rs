//! The route table.

use endpoint::routing::{self, Resolution, Route};
use endpoint::{Context, Problem, Request, Response, body};
use http::{Method, StatusCode};

use crate::{ready, report};

/// What can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Whether the process answers.
    Livez,
    /// Whether requests can be served.
    Readyz,
}

/// Every route of this endpoint.
pub static ROUTES: [Route<Operation>; 2] = [
    Route { method: Method::GET, template: "/livez", operation: Operation::Livez },
    Route { method: Method::GET, template: "/readyz", operation: Operation::Readyz },
];

pub(crate) async fn dispatch(context: &Context, request: Request) -> Result<Response, Problem> {
    match routing::resolve(&ROUTES, request.method(), request.uri().path())? {
        // It asks nothing of anyone: a database that is gone is no reason to restart the app.
        Resolution::Operation(Operation::Livez, _) => body::json(StatusCode::OK, &report::live()),
        Resolution::Operation(Operation::Readyz, _) => ready::answer(context).await,
        Resolution::Options { allow } => Ok(routing::options(&allow)),
    }
}
