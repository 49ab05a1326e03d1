//! Answers.

use futures_channel::mpsc::UnboundedReceiver;
use http::{HeaderValue, Response, StatusCode, header};

use super::media_types::{EVENT_STREAM, JSON};
use crate::message::{Id, RpcError};

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
pub(crate) fn rpc_error(id: Option<Id<'_>>, rpc_error: &RpcError) -> Reply {
    let mut out = Vec::with_capacity(256);
    write_rpc_error(&mut out, id, rpc_error);
    json(rpc_error.status, out)
}

/// Writes how every result message begins; the result and `}` follow.
pub(crate) fn write_result_start(out: &mut Vec<u8>, id: Id<'_>) {
    out.extend_from_slice(b"{\"jsonrpc\":\"2.0\",\"id\":");
    out.extend_from_slice(id.as_json().as_bytes());
    out.extend_from_slice(b",\"result\":");
}

/// Writes an error message. An id that could not be read is answered as `null` (JSON-RPC 2.0, section 5).
pub(crate) fn write_rpc_error(out: &mut Vec<u8>, id: Option<Id<'_>>, rpc_error: &RpcError) {
    out.extend_from_slice(b"{\"jsonrpc\":\"2.0\",\"id\":");
    out.extend_from_slice(id.map_or("null", Id::as_json).as_bytes());
    out.extend_from_slice(b",\"error\":{\"code\":");
    out.extend_from_slice(rpc_error.error.code.0.to_string().as_bytes());
    out.extend_from_slice(b",\"message\":");
    push_string(out, &rpc_error.error.message);
    if let Some(data) = &rpc_error.error.data {
        out.extend_from_slice(b",\"data\":");
        out.extend_from_slice(data.to_string().as_bytes());
    }
    out.extend_from_slice(b"}}");
}

/// Writes a JSON string.
pub(crate) fn push_string(out: &mut Vec<u8>, text: &str) {
    let start = out.len();
    // A string always has a JSON form, and memory takes all of it: the other branch is never run.
    if serde_json::to_writer(&mut *out, text).is_err() {
        out.truncate(start);
        out.extend_from_slice(b"\"\"");
    }
}
