//! Answers that are streams of server-sent events.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use futures_util::{Stream, StreamExt as _};
use http::{HeaderValue, StatusCode};
use sse_stream::{KeepAlive, Sse, SseBody, Timer};

use crate::body::{self, Response};

/// The media type (HTML, section 9.2).
pub const EVENT_STREAM: &str = "text/event-stream";

/// An answer of events as they come. After as much silence a comment is sent, so that proxies keep the connection, and so
/// that it is noticed when the client is gone.
pub fn stream(events: impl Stream<Item = Sse> + Send + 'static, silence: Duration) -> Response {
    let mut response = body::stream(StatusCode::OK, EVENT_STREAM, content(events, silence));
    // For proxies that would collect the answer first.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

/// The body of such an answer.
pub fn content(
    events: impl Stream<Item = Sse> + Send + 'static,
    silence: Duration,
) -> impl http_body::Body<Data = bytes::Bytes, Error = impl Into<Box<dyn std::error::Error + Send + Sync>>> + Send
{
    SseBody::new(events.map(Ok::<Sse, Infallible>))
        .with_keep_alive::<Tick>(KeepAlive::new().interval(silence).comment("working"))
}

/// Fires after a time of silence.
struct Tick {
    silence: Duration,
    wait: Pin<Box<dyn Future<Output = ()> + Send>>,
}

impl Future for Tick {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        self.wait.as_mut().poll(context)
    }
}

impl Timer for Tick {
    fn from_duration(silence: Duration) -> Self {
        Self { silence, wait: Box::pin(spin_sdk::time::sleep(silence)) }
    }

    fn reset(mut self: Pin<&mut Self>, _: Instant) {
        // The interval never changes, and a component's clock is the host's business.
        self.wait = Box::pin(spin_sdk::time::sleep(self.silence));
    }
}
