//! The paths of this endpoint.

use endpoint::routing::{self, Resolution, Route};
use endpoint::{Context, Problem, Request, Response};
use http::Method;

use crate::{chatkit, completions, conversations, messages, usage};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operation {
    Post,
    List,
    Get,
    Rename,
    Delete,
    Export,
    Cancel,
    Events,
    GetUsage,
    Complete,
    ListModels,
    GetModel,
    ChatKit,
    Upload,
}

const fn route(method: Method, template: &'static str, operation: Operation) -> Route<Operation> {
    Route { method, template, operation }
}

const ROUTES: [Route<Operation>; 12] = [
    route(Method::POST, "/api/v1/chat", Operation::Post),
    route(Method::GET, "/api/v1/conversations", Operation::List),
    route(Method::GET, "/api/v1/conversations/{id}", Operation::Get),
    route(Method::PATCH, "/api/v1/conversations/{id}", Operation::Rename),
    route(Method::DELETE, "/api/v1/conversations/{id}", Operation::Delete),
    route(Method::GET, "/api/v1/conversations/{id}/export", Operation::Export),
    route(Method::POST, "/api/v1/conversations/{id}/cancel", Operation::Cancel),
    route(Method::GET, "/api/v1/conversations/{id}/events", Operation::Events),
    route(Method::GET, "/api/v1/usage", Operation::GetUsage),
    route(Method::POST, "/v1/chat/completions", Operation::Complete),
    route(Method::GET, "/v1/models", Operation::ListModels),
    route(Method::GET, "/v1/models/{id}", Operation::GetModel),
];

/// ChatKit's protocol, which its own types describe.
const CHATKIT: [Route<Operation>; 2] = [
    route(Method::POST, "/chatkit", Operation::ChatKit),
    route(Method::POST, "/chatkit/attachments/{id}", Operation::Upload),
];

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
    let routes = if path.starts_with("/chatkit") { &CHATKIT[..] } else { &ROUTES[..] };
    let (operation, parameters) = match routing::resolve(routes, request.method(), path)? {
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
        Operation::Cancel => conversations::cancel(context, request, id).await,
        Operation::Events => conversations::events(context, request, id).await,
        Operation::GetUsage => usage::get(context, request).await,
        Operation::Complete => completions::post(context, request).await,
        Operation::ListModels => completions::list_models(context, request).await,
        Operation::GetModel => completions::get_model(context, request, id).await,
        Operation::ChatKit => chatkit::post(context, request).await,
        Operation::Upload => chatkit::upload(context, request, id).await,
    }
}
