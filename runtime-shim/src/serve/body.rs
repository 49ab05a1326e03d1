//! Bodies on their way in and out.

use crate::host::Fate;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::{BodyExt, Full};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::Sleep;
use wasmtime_wasi_http::{Error, WasiBody};

/// A request body that ends with an error when it gets too long.
pub struct LimitedBody<B> {
    /// Gone when there was too much of it.
    body: Option<B>,
    left: u64,
    over: Arc<AtomicBool>,
}

impl<B> LimitedBody<B> {
    /// At most `limit` bytes of `body`; `over` is set when there are more.
    pub fn new(body: B, limit: u64, over: Arc<AtomicBool>) -> Self {
        Self { body: Some(body), left: limit, over }
    }
}

impl<B> Body for LimitedBody<B>
where
    B: Body<Data = Bytes> + Send + Unpin + 'static,
    Error: From<B::Error>,
{
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let Some(body) = self.body.as_mut() else { return Poll::Ready(None) };
        let frame = match std::task::ready!(Pin::new(body).poll_frame(cx)) {
            Some(Ok(frame)) => frame,
            Some(Err(e)) => return Poll::Ready(Some(Err(e.into()))),
            None => return Poll::Ready(None),
        };
        let length = frame.data_ref().map_or(0, |d| d.len() as u64);
        match self.left.checked_sub(length) {
            Some(left) => {
                self.left = left;
                Poll::Ready(Some(Ok(frame)))
            }
            None => {
                self.over.store(true, Relaxed);
                if let Some(body) = self.body.take() {
                    drain(body);
                }
                Poll::Ready(Some(Err(Error::HttpRequestBodySize(None))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map_or_else(SizeHint::default, Body::size_hint)
    }
}

/// How long and how much of a refused body is read all the same.
const DRAIN_TIME: Duration = Duration::from_secs(2);
const DRAIN_BYTES: usize = 8 << 20;

/// Reads on for a while and forgets it: closing a connection while the client still sends would take the answer from
/// it, too.
pub fn drain<B>(mut body: B)
where
    B: Body<Data = Bytes> + Send + Unpin + 'static,
{
    tokio::spawn(tokio::time::timeout(DRAIN_TIME, async move {
        let mut read = 0;
        while let Some(Ok(frame)) = body.frame().await {
            read += frame.data_ref().map_or(0, Bytes::len);
            if read > DRAIN_BYTES {
                break;
            }
        }
    }));
}

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
    fate: Option<Arc<Fate>>,
}

impl ResponseBody {
    /// A body that is there already.
    pub fn full(body: impl Into<Bytes>) -> Self {
        Self::new(Full::new(body.into()).map_err(|never| match never {}).boxed_unsync())
    }

    /// A component's body.
    pub fn new(body: WasiBody) -> Self {
        Self { complete: body.is_end_stream(), body, deadline: None, finish: None, left: None, fate: None }
    }

    /// Follows the request's fate: when its instance is stopped, the body ends with an error.
    pub fn of(mut self, fate: Arc<Fate>) -> Self {
        self.fate = Some(fate);
        self
    }

    /// Breaks the body off at `deadline`.
    pub fn ends_by(mut self, deadline: tokio::time::Instant) -> Self {
        if !self.complete {
            self.deadline = Some(Box::pin(tokio::time::sleep_until(deadline)));
        }
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

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Ready(None) => {
                if self.fate.as_ref().is_some_and(|fate| fate.is_broken()) {
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
