//! The paths of the endpoint.

use endpoint::{Context, Kind, Problem, Request, Response, body, routing};
use http::Method;
use mcp_protocol::MAX_BODY_BYTES;

use crate::{
    metadata,
    person::Person,
    problem,
    server::{self, TaskServer},
};

/// Where messages are sent.
pub(crate) const MCP: &str = "/mcp";

/// What the path takes.
const ALLOW: &str = "GET, POST, OPTIONS";

/// Answers one request.
pub(crate) async fn dispatch(context: &Context, request: Request) -> Result<Response, Problem> {
    let server = server::server().await?;
    match context.uri.path() {
        MCP => message(server, context, request).await,
        path => metadata::document(server, request.method(), path),
    }
}

/// A message. Who calls, from which page and by which name, is settled before a byte of it is read.
async fn message(
    server: &'static TaskServer,
    context: &Context,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, content) = request.into_parts();
    if !server.allowed_hosts().allow(&parts.uri, &parts.headers) {
        return Err(Problem::new(Kind::HostNotAllowed));
    }
    if !server.allowed_origins().allow(&parts.headers) {
        return Err(Problem::new(Kind::OriginNotAllowed));
    }
    if parts.method == Method::OPTIONS {
        return Ok(routing::options(ALLOW));
    }
    let principal = endpoint::authenticate(context, &parts.headers, None)
        .await
        .map_err(|problem| problem::with_metadata(problem, server.resource()))?;
    let person = Person(endpoint::caller(context, &principal, &parts.headers)?);
    let message = if parts.method == Method::POST {
        body::collect(&parts.headers, content, MAX_BODY_BYTES).await?
    } else {
        Default::default()
    };
    let reply = mcp_protocol::answer(server, person, &parts.method, parts.headers, message).await;
    Ok(mcp_component::response(reply))
}
