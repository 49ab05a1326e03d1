//! The paths of the endpoint.

use endpoint::{Context, Kind, Problem, Recipient, Request, Response, body, own_origin, routing};
use http::{Method, header, request::Parts, uri::Authority};
use mcp_protocol::MAX_BODY_BYTES;

use crate::{
    metadata, problem,
    server::{self, TaskServer},
    user_context::UserContext,
};

/// Where messages are sent.
pub(crate) const MCP: &str = "/mcp";

/// The same path as some clients write it.
const MCP_AND_SLASH: &str = "/mcp/";

/// What the path takes.
const ALLOW: &str = "GET, POST, OPTIONS";

/// Every path of this endpoint, with what it answers to `OPTIONS`.
pub const PATHS: [(&str, &str); 4] = [
    (MCP, ALLOW),
    (MCP_AND_SLASH, ALLOW),
    ("/.well-known/oauth-protected-resource", metadata::ALLOW),
    ("/.well-known/oauth-protected-resource/mcp", metadata::ALLOW),
];

/// Answers one request.
pub(crate) async fn dispatch(context: &Context, request: Request) -> Result<Response, Problem> {
    let server = server::server().await?;
    match context.uri.path() {
        MCP | MCP_AND_SLASH => message(server, context, request).await,
        _ => metadata::document(server, context, &request).await,
    }
}

/// Whether a component of this app calls.
fn is_chained(parts: &Parts) -> bool {
    let in_header = || parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let host = parts.uri.authority().map(Authority::as_str).or_else(in_header).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    endpoint::is_chained(name, &parts.headers)
}

/// A message. Who calls, from which page and by which name, is settled before a byte of it is read.
async fn message(
    server: &'static TaskServer,
    context: &Context,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, content) = request.into_parts();
    let origin = own_origin(context, &parts.headers).await?;
    if !is_chained(&parts) && !server.allowed_hosts().allow(&parts.uri, &parts.headers) {
        return Err(Problem::new(Kind::HostNotAllowed));
    }
    if !server.allowed_origins().allow(origin.as_str(), &parts.headers) {
        return Err(Problem::new(Kind::OriginNotAllowed));
    }
    if parts.method == Method::OPTIONS {
        return Ok(routing::options(ALLOW));
    }
    let resource = server.resource();
    let recipient = Recipient { app: origin.to_string(), part: Some(resource.url(origin.as_str())) };
    let principal = endpoint::authenticate_for(context, &parts.headers, &recipient)
        .await
        .map_err(|problem| problem::with_metadata(problem, resource, &origin))?;
    let person = UserContext::new(endpoint::caller(context, &principal, &parts.headers)?, origin);
    let message = if parts.method == Method::POST {
        body::collect(&parts.headers, content, MAX_BODY_BYTES).await?
    } else {
        Default::default()
    };
    let reply = mcp_protocol::answer(server, person, &parts.method, parts.headers, message).await;
    Ok(mcp_spin::response(reply))
}
