//! Bodies on their way out: they have to end in time, and are told of what becomes of them.

use super::deadline::Deadline;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::{BodyExt, Full};
use runtime_host::RequestState;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::time::Sleep;
use wasmtime_wasi_http::{Error, WasiBody};

/// What runs when a response has been sent, or given up.
pub type Finish = Box<dyn FnOnce(bool) + Send>;

/// A response body that has to end in time, and tells when it did.
pub struct ResponseBody {
    body: WasiBody,
    deadline: Option<Pin<Box<Sleep>>>,
    finish: Option<Finish>,
    complete: bool,
    /// Bytes still to come, where the head says how many there are.
    left: Option<u64>,
    state: Option<Arc<RequestState>>,
    client: Option<Client>,
}

/// Who takes a response.
struct Client {
    /// By when it has to go on.
    deadline: Arc<Deadline>,
    /// How long it may take for the next bytes.
    stall: Duration,
    /// By when it must have taken all.
    last: Instant,
}

impl ResponseBody {
    /// A body that is there already.
    pub fn full(body: impl Into<Bytes>) -> Self {
        Self::new(Full::new(body.into()).map_err(|never| match never {}).boxed_unsync())
    }

    /// A component's body.
    pub fn new(body: WasiBody) -> Self {
        Self {
            complete: body.is_end_stream(),
            body,
            deadline: None,
            finish: None,
            left: None,
            state: None,
            client: None,
        }
    }

    /// Follows the request's state: when its instance is stopped, the body ends with an error.
    pub fn follow(mut self, state: Arc<RequestState>) -> Self {
        self.state = Some(state);
        self
    }

    /// Breaks the body off at `deadline`.
    pub fn ends_by(mut self, deadline: tokio::time::Instant) -> Self {
        if !self.complete {
            self.deadline = Some(Box::pin(tokio::time::sleep_until(deadline)));
        }
        self
    }

    /// Sets the `deadline` of what it is sent by: the client has to take what it is given within `stall`, however short or
    /// long the component takes to give it, and all of it by `last`.
    pub fn taken_by(mut self, deadline: Arc<Deadline>, stall: Duration, last: Instant) -> Self {
        self.client = Some(Client { deadline, stall, last });
        self.tell_client(true);
        self
    }

    /// Is complete with its last of so many bytes: who sends it does not ask for an end behind them.
    pub fn long(mut self, bytes: Option<u64>) -> Self {
        self.left = bytes;
        self.complete |= bytes == Some(0);
        self
    }

    /// Calls `finish` with whether the body was sent to its end, after what is already to be called.
    pub fn then(mut self, finish: Finish) -> Self {
        self.finish = Some(match self.finish.take() {
            None => finish,
            Some(first) => Box::new(move |complete| {
                first(complete);
                finish(complete);
            }),
        });
        self
    }
}

impl ResponseBody {
    /// Moves the client's deadline: it `has_bytes` to take now, or waits as the component does.
    fn tell_client(&self, has_bytes: bool) {
        let Some(client) = &self.client else { return };
        let stalled = has_bytes.then(|| Instant::now() + client.stall);
        client.deadline.set(stalled.map_or(client.last, |stalled| stalled.min(client.last)));
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        self.tell_client(frame.is_ready());
        match frame {
            Poll::Ready(None) => {
                if self.state.as_ref().is_some_and(|state| state.is_broken()) {
                    return Poll::Ready(Some(Err(Error::HttpResponseIncomplete)));
                }
                self.complete = true;
                Poll::Ready(None)
            }
            Poll::Ready(frame) => {
                let data = frame.as_ref().and_then(|frame| frame.as_ref().ok()?.data_ref());
                let length = data.map_or(0, |data| data.len() as u64);
                self.left = self.left.map(|left| left.saturating_sub(length));
                if self.left == Some(0) || self.body.is_end_stream() {
                    self.complete = true;
                }
                Poll::Ready(frame)
            }
            Poll::Pending => match &mut self.deadline {
                Some(deadline) => deadline.as_mut().poll(cx).map(|()| Some(Err(Error::HttpResponseTimeout))),
                None => Poll::Pending,
            },
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for ResponseBody {
    fn drop(&mut self) {
        if let Some(finish) = self.finish.take() {
            finish(self.complete);
        }
    }
}

/// The length a head says its body has, in a usable `Content-Length`.
pub fn declared_length(headers: &http::HeaderMap) -> Option<u64> {
    headers.get(http::header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
