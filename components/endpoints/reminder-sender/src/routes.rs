//! The paths of this endpoint.

use endpoint::routing::{self, Resolution, Route};
use endpoint::{Context, Problem, Request, Response};
use http::Method;

use crate::{delivery, webhook};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operation {
    Get,
    Put,
    Delete,
    Send,
}

const fn route(method: Method, template: &'static str, operation: Operation) -> Route<Operation> {
    Route { method, template, operation }
}

const ROUTES: [Route<Operation>; 3] = [
    route(Method::GET, "/api/v1/webhook", Operation::Get),
    route(Method::PUT, "/api/v1/webhook", Operation::Put),
    route(Method::DELETE, "/api/v1/webhook", Operation::Delete),
];

/// What a scheduler calls, which is no part of the API.
const SCHEDULED: [Route<Operation>; 1] = [route(Method::POST, "/scheduled/reminders", Operation::Send)];

/// Method and path of each operation that the API document describes.
pub fn list_routes() -> Vec<(Method, &'static str)> {
    ROUTES.iter().map(|route| (route.method.clone(), route.template)).collect()
}

/// Answers a request.
///
/// # Errors
/// Whatever keeps it from being done.
pub async fn answer(context: &Context, request: Request) -> Result<Response, Problem> {
    let path = context.uri.path();
    let routes = if path.starts_with("/scheduled/") { &SCHEDULED[..] } else { &ROUTES[..] };
    let operation = match routing::resolve(routes, request.method(), path)? {
        Resolution::Operation(operation, _) => operation,
        Resolution::Options { allow } => return Ok(routing::options(&allow)),
    };
    match operation {
        Operation::Get => webhook::get(context, request).await,
        Operation::Put => webhook::put(context, request).await,
        Operation::Delete => webhook::delete(context, request).await,
        Operation::Send => delivery::send_due(context, request).await,
    }
}
