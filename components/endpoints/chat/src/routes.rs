//! The paths of this endpoint.

use endpoint::routing::{self, Resolution, Route};
use endpoint::{Context, Problem, Request, Response};
use http::Method;

use crate::{conversations, messages};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operation {
    Post,
    List,
    Get,
    Rename,
    Delete,
    Export,
}

const fn route(method: Method, template: &'static str, operation: Operation) -> Route<Operation> {
    Route { method, template, operation }
}

const ROUTES: [Route<Operation>; 6] = [
    route(Method::POST, "/api/v1/chat", Operation::Post),
    route(Method::GET, "/api/v1/conversations", Operation::List),
    route(Method::GET, "/api/v1/conversations/{id}", Operation::Get),
    route(Method::PATCH, "/api/v1/conversations/{id}", Operation::Rename),
    route(Method::DELETE, "/api/v1/conversations/{id}", Operation::Delete),
    route(Method::GET, "/api/v1/conversations/{id}/export", Operation::Export),
];

/// Method and path of each operation.
pub fn list_routes() -> Vec<(Method, &'static str)> {
    ROUTES.iter().map(|route| (route.method.clone(), route.template)).collect()
}

/// Answers a request.
///
/// # Errors
/// Whatever keeps it from being done.
pub async fn answer(context: &Context, request: Request) -> Result<Response, Problem> {
    let (operation, parameters) = match routing::resolve(&ROUTES, request.method(), context.uri.path())? {
        Resolution::Operation(operation, parameters) => (operation, parameters),
        Resolution::Options { allow } => return Ok(routing::options(&allow)),
    };
    let id = parameters.get("id");
    match operation {
        Operation::Post => messages::post(context, request).await,
        Operation::List => conversations::list(context, request).await,
        Operation::Get => conversations::get(context, request, id).await,
        Operation::Rename => conversations::rename(context, request, id).await,
        Operation::Delete => conversations::delete(context, request, id).await,
        Operation::Export => conversations::export(context, request, id).await,
    }
}
