//! The paths of this endpoint.

use endpoint::routing::{self, Resolution, Route};
use endpoint::{Context, Problem, Request, Response};
use http::Method;

use crate::{address, document};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Get,
    Put,
    Delete,
    Read,
}

const fn route(method: Method, template: &'static str, operation: Operation) -> Route<Operation> {
    Route { method, template, operation }
}

/// Everything that is served here.
pub const ROUTES: [Route<Operation>; 4] = [
    route(Method::GET, "/api/v1/calendar-feed", Operation::Get),
    route(Method::PUT, "/api/v1/calendar-feed", Operation::Put),
    route(Method::DELETE, "/api/v1/calendar-feed", Operation::Delete),
    route(Method::GET, "/calendar/{file}", Operation::Read),
];

/// Answers a request.
///
/// # Errors
/// Whatever keeps it from being done.
pub async fn answer(context: &Context, request: Request) -> Result<Response, Problem> {
    let (operation, parameters) = match routing::resolve(&ROUTES, request.method(), context.uri.path())? {
        Resolution::Operation(operation, parameters) => (operation, parameters),
        Resolution::Options { allow } => return Ok(routing::options(&allow)),
    };
    match operation {
        Operation::Get => address::get(context, &request).await,
        Operation::Put => address::put(context, &request).await,
        Operation::Delete => address::delete(context, &request).await,
        Operation::Read => document::get(context, &request, parameters.get("file")).await,
    }
}
