//! Streamable HTTP: what a request has to look like, and how it is answered.

mod batch;
mod dispatch;
mod error;
mod get;
mod host;
mod media_types;
pub(crate) mod mirrored_headers;
mod notifications;
mod origin;
mod post;
mod protected_resource;
pub(crate) mod reply;
mod stream;

use std::rc::Rc;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

pub use host::AllowedHosts;
pub use origin::AllowedOrigins;
pub use post::MAX_BODY_BYTES;
pub use protected_resource::ProtectedResource;
pub use reply::{Body, EventStream, Reply, ServerEvent};

use crate::server::Server;

/// Answers one HTTP request. Who calls is already known, and that the page it comes from may call
/// ([`AllowedOrigins`], [`AllowedHosts`]).
pub async fn answer<S: Server>(
    server: &'static S,
    caller: S::Caller,
    method: &Method,
    headers: HeaderMap,
    body: Bytes,
) -> Reply {
    let caller = Rc::new(caller);
    match *method {
        Method::POST => post::answer(server, caller, headers, body).await,
        Method::GET => get::answer(server, caller, headers).await,
        // A session is nothing but a description of the client: there is nothing to end.
        _ => not_allowed("Messages are sent with POST."),
    }
}

fn not_allowed(reason: &'static str) -> Reply {
    let mut refused = error::HttpError::new(StatusCode::METHOD_NOT_ALLOWED, reason).into_reply();
    refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, POST, OPTIONS"));
    refused
}
