//! The paths of the endpoint.

use endpoint::{Context, Kind, Problem, Request, Response, body, routing};
use http::{Method, header};
use mcp_protocol::{Body, MAX_BODY_BYTES, Reply};

use crate::{
    metadata, problem,
    server::{self, TaskServer},
};

/// Where messages are sent.
pub(crate) const MCP: &str = "/mcp";

/// What the path takes.
const ALLOW: &str = "POST, OPTIONS";

/// Answers one request.
pub(crate) async fn dispatch(context: &Context, request: Request) -> Result<Response, Problem> {
    let server = server::server().await?;
    match context.uri.path() {
        MCP => message(server, context, request).await,
        path => metadata::document(server, request.method(), path),
    }
}

/// A message. Who calls, and from which page, is settled before a byte of it is read.
async fn message(server: &TaskServer, context: &Context, request: Request) -> Result<Response, Problem> {
    let (parts, content) = request.into_parts();
    if !server.allowed_origins().allow(&parts.headers) {
        return Err(Problem::new(Kind::OriginNotAllowed));
    }
    if parts.method == Method::OPTIONS {
        return Ok(routing::options(ALLOW));
    }
    let principal = endpoint::authenticate(context, &parts.headers, None)
        .await
        .map_err(|problem| problem::with_metadata(problem, server.resource()))?;
    let caller = endpoint::caller(context, &principal, &parts.headers)?;
    let message = if parts.method == Method::POST {
        body::collect(&parts.headers, content, MAX_BODY_BYTES).await?
    } else {
        Default::default()
    };
    Ok(response(mcp_protocol::answer(server, &caller, &parts.method, &parts.headers, &message).await))
}

/// The protocol's answer as the endpoint's.
fn response(reply: Reply) -> Response {
    let (parts, content) = reply.into_parts();
    let mut response = match content {
        Body::Empty => body::empty(parts.status),
        content => body::full(parts.status, "application/json", content.into_bytes()),
    };
    for (name, value) in &parts.headers {
        if name != header::CONTENT_TYPE {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}
