//! The protocol's answer as a component's.

use std::time::Duration;

use endpoint::{Response, body, sse};
use futures_util::StreamExt as _;
use http::header;
use mcp_protocol::{Body, Reply, ServerEvent};
use sse_stream::Sse;

/// A comment is sent after as much silence: it keeps the connection, and it is how one learns that a client is gone.
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(5);

/// The protocol's answer as a component's.
#[must_use]
pub fn response(reply: Reply) -> Response {
    let (parts, content) = reply.into_parts();
    let mut response = match content {
        Body::Json(json) => body::full(parts.status, "application/json", json),
        Body::Events(events) => sse::stream(events.map(event), KEEP_ALIVE_INTERVAL),
        _ => body::empty(parts.status),
    };
    for (name, value) in &parts.headers {
        if name != header::CONTENT_TYPE {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}

fn event(ServerEvent { id, retry_ms, data }: ServerEvent) -> Sse {
    let mut event = Sse::default().data(data);
    if let Some(id) = id {
        event = event.id(id);
    }
    if let Some(milliseconds) = retry_ms {
        event = event.retry_duration(Duration::from_millis(milliseconds.into()));
    }
    event
}
