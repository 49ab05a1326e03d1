//! Answers.

use futures_channel::mpsc::UnboundedReceiver;
use http::{HeaderValue, Response, StatusCode, header};

use super::media_types::{EVENT_STREAM, JSON};
use crate::message::{Id, RpcError, write_rpc_error};

/// A server-sent event (HTML, section 9.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerEvent {
    /// What the client names when it comes back.
    pub id: Option<String>,
    /// After how many milliseconds it is to come back.
    pub retry_ms: Option<u32>,
    /// A JSON-RPC message; empty where the event only has an id to tell.
    pub data: String,
}

/// Events, as they are made.
pub type EventStream = UnboundedReceiver<ServerEvent>;

/// The body of an answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum Body {
    /// Nothing: a notification was taken, or the request asked for no message.
    Empty,
    /// One JSON text.
    Json(Vec<u8>),
    /// A stream of events, for `text/event-stream`.
    Events(EventStream),
}

/// An answer over HTTP.
pub type Reply = Response<Body>;

/// An answer that is a stream.
pub(crate) fn events(events: EventStream) -> Reply {
    let mut reply = Response::new(Body::Events(events));
    let headers = reply.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(EVENT_STREAM));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // For proxies that would collect the answer first (2026-07-28, Streamable HTTP, "Receiving Messages").
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    reply
}

/// An answer without a body.
pub(crate) fn empty(status: StatusCode) -> Reply {
    let mut reply = Response::new(Body::Empty);
    *reply.status_mut() = status;
    reply
}

/// An answer of one JSON text.
pub(crate) fn json(status: StatusCode, text: Vec<u8>) -> Reply {
    let mut reply = Response::new(Body::Json(text));
    *reply.status_mut() = status;
    let headers = reply.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(JSON));
    // Answers depend on who asks; how long one may be kept, the message itself says.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    reply
}

/// An answer that is one JSON-RPC error.
pub(crate) fn error(status: StatusCode, id: Option<Id<'_>>, rpc_error: &RpcError) -> Reply {
    let mut out = Vec::with_capacity(256);
    write_rpc_error(&mut out, id, rpc_error);
    json(status, out)
}
