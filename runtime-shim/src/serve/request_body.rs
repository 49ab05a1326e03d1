//! Bodies on their way in: held until they are there, as far as they are short, so that a client that sends slowly takes up
//! no component; never longer than allowed, and never waited for for long.

use super::problem::Problem;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;
use runtime_limits::Limits;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, timeout_at};
use wasmtime_wasi_http::Error;

/// Most bytes that are held of one body.
const MAX_HELD: usize = 64 << 10;
/// Most bytes that are held of all bodies together.
const MAX_HELD_OF_ALL: usize = 32 << 20;
/// How long a body is held that does not tell its length: its client may wait for an answer before it goes on.
const UNDECLARED_BODY_TIMEOUT: Duration = Duration::from_secs(1);
/// Of all components together, requests with a body that is still coming are at most one part in so many of the places of one.
const UPLOADS_SHARE: usize = 4;

/// What the bodies of all requests may take up together.
#[derive(Debug)]
pub struct Uploads {
    held: Arc<Semaphore>,
    coming: Arc<Semaphore>,
    limits: Limits,
}

impl Uploads {
    /// Within `limits`.
    pub fn new(limits: Limits) -> Self {
        let coming = (limits.concurrent_requests / UPLOADS_SHARE).max(1);
        Self {
            held: Arc::new(Semaphore::new(MAX_HELD_OF_ALL)),
            coming: Arc::new(Semaphore::new(coming)),
            limits,
        }
    }

    /// Waits for `body`, of which `declared` bytes will come if that is known: for all of it when it is short.
    ///
    /// # Errors
    /// The problem to answer with: it does not come, it is too long, or too many are coming at this time.
    pub async fn receive<B>(
        &self,
        mut body: B,
        declared: Option<u64>,
    ) -> Result<(RequestBody<B>, Arc<BodyState>), Problem>
    where
        B: Body<Data = Bytes> + Send + Unpin + 'static,
        Error: From<B::Error>,
    {
        if declared.is_some_and(|length| length > self.limits.body) {
            drain(body);
            return Err(Problem::BodyTooLarge);
        }
        let mut first = VecDeque::new();
        let mut permits: Option<OwnedSemaphorePermit> = None;
        let mut held = 0;
        let last = Instant::now()
            + if declared.is_none() { UNDECLARED_BODY_TIMEOUT } else { self.limits.response_head };
        let mut is_whole = body.is_end_stream();
        while !is_whole && held < MAX_HELD {
            let stalled = Instant::now() + self.limits.stall;
            let frame = match timeout_at(stalled.min(last), body.frame()).await {
                Ok(None) => {
                    is_whole = true;
                    break;
                }
                Ok(Some(Ok(frame))) => frame,
                // Whoever broke off reads no answer.
                Ok(Some(Err(_))) => return Err(Problem::BadRequest),
                Err(_) if declared.is_none() && last < stalled => break,
                Err(_) => return Err(Problem::RequestTimedOut),
            };
            let length = frame.data_ref().map_or(0, Bytes::len);
            held += length;
            if held as u64 > self.limits.body {
                drain(body);
                return Err(Problem::BodyTooLarge);
            }
            let more = u32::try_from(length).map_err(|_| Problem::BodyTooLarge)?;
            let more = Arc::clone(&self.held).try_acquire_many_owned(more).map_err(|_| Problem::Busy)?;
            match &mut permits {
                None => permits = Some(more),
                Some(permits) => permits.merge(more),
            }
            first.push_back(frame);
            is_whole = body.is_end_stream();
        }
        let coming = match is_whole {
            true => None,
            false => Some(Arc::clone(&self.coming).try_acquire_owned().map_err(|_| Problem::Busy)?),
        };
        let state = Arc::new(BodyState::default());
        let body = RequestBody {
            first,
            _held: permits,
            coming,
            // One that has told its end is not asked again.
            rest: (!is_whole).then_some(body),
            left: self.limits.body.saturating_sub(held as u64),
            stall: self.limits.stall,
            timer: None,
            state: Arc::clone(&state),
        };
        Ok((body, state))
    }
}

/// What went wrong with a body after its request had been given to a component.
#[derive(Debug, Default)]
pub struct BodyState {
    problem: Mutex<Option<Problem>>,
}

impl BodyState {
    /// The problem that its sender is told of instead of an answer.
    pub fn problem(&self) -> Option<Problem> {
        *self.problem.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, problem: Problem) {
        *self.problem.lock().unwrap_or_else(PoisonError::into_inner) = Some(problem);
    }
}

/// A request body that ends with an error when it gets too long, or does not go on.
pub struct RequestBody<B> {
    first: VecDeque<Frame<Bytes>>,
    _held: Option<OwnedSemaphorePermit>,
    /// While there is more to come.
    coming: Option<OwnedSemaphorePermit>,
    /// Gone when something is wrong with it.
    rest: Option<B>,
    left: u64,
    stall: Duration,
    timer: Option<Pin<Box<Sleep>>>,
    state: Arc<BodyState>,
}

impl<B> RequestBody<B>
where
    B: Body<Data = Bytes> + Send + Unpin + 'static,
{
    fn fail(&mut self, problem: Problem, error: Error) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        self.state.set(problem);
        self.coming = None;
        if let Some(rest) = self.rest.take() {
            drain(rest);
        }
        Poll::Ready(Some(Err(error)))
    }

    /// The client has nothing to send at this time.
    fn wait(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let stall = self.stall;
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep(stall)));
        std::task::ready!(timer.as_mut().poll(cx));
        self.fail(Problem::RequestTimedOut, Error::ConnectionReadTimeout)
    }
}

impl<B> Body for RequestBody<B>
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
        if let Some(frame) = self.first.pop_front() {
            return Poll::Ready(Some(Ok(frame)));
        }
        let Some(rest) = self.rest.as_mut() else { return Poll::Ready(None) };
        let frame = match Pin::new(rest).poll_frame(cx) {
            Poll::Pending => return self.wait(cx),
            Poll::Ready(Some(Ok(frame))) => frame,
            Poll::Ready(other) => {
                self.coming = None;
                return Poll::Ready(other.map(|frame| frame.map_err(Error::from)));
            }
        };
        self.timer = None;
        let length = frame.data_ref().map_or(0, |d| d.len() as u64);
        match self.left.checked_sub(length) {
            Some(left) => {
                self.left = left;
                Poll::Ready(Some(Ok(frame)))
            }
            None => self.fail(Problem::BodyTooLarge, Error::HttpRequestBodySize(None)),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.first.is_empty() && self.rest.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        let mut hint = self.rest.as_ref().map_or_else(|| SizeHint::with_exact(0), Body::size_hint);
        let first: u64 = self.first.iter().filter_map(Frame::data_ref).map(|data| data.len() as u64).sum();
        if let Some(upper) = hint.upper() {
            hint.set_upper(upper.saturating_add(first));
        }
        hint.set_lower(hint.lower().saturating_add(first));
        hint
    }
}

/// How long and how much of a refused body is read all the same.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(2);
const DRAIN_BYTES: usize = 8 << 20;

/// Reads on for a while and forgets it: closing a connection while the client still sends would take the answer from
/// it, too.
fn drain<B>(mut body: B)
where
    B: Body<Data = Bytes> + Send + Unpin + 'static,
{
    tokio::spawn(tokio::time::timeout(DRAIN_TIMEOUT, async move {
        let mut read = 0;
        while let Some(Ok(frame)) = body.frame().await {
            read += frame.data_ref().map_or(0, Bytes::len);
            if read > DRAIN_BYTES {
                break;
            }
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::stream;
    use http_body_util::StreamBody;

    fn uploads() -> Uploads {
        let limits = Limits {
            concurrent_requests: UPLOADS_SHARE,
            stall: Duration::from_millis(200),
            ..Limits::default()
        };
        Uploads::new(limits)
    }

    /// A body that does not tell its length, and only says that it has ended when it is asked for more.
    fn undeclared(parts: usize) -> impl Body<Data = Bytes, Error = Error> + Send + Unpin + 'static {
        let frames = (0..parts).map(|_| Ok(Frame::data(Bytes::from_static(b"part"))));
        StreamBody::new(stream::iter(frames.collect::<Vec<_>>()))
    }

    #[tokio::test]
    async fn a_body_that_has_ended_is_none_that_is_still_coming() {
        let uploads = uploads();
        let mut received = Vec::new();
        for _ in 0..3 {
            received.push(uploads.receive(undeclared(2), None).await.ok().unwrap().0);
        }
        for body in received {
            assert_eq!(body.size_hint().exact(), Some(8));
            assert_eq!(body.collect().await.ok().unwrap().to_bytes(), "partpart");
        }
    }

    #[tokio::test]
    async fn as_many_as_their_share_may_still_come() {
        let uploads = uploads();
        let large = || undeclared(MAX_HELD);
        let first = uploads.receive(large(), None).await.ok().unwrap();
        assert_eq!(uploads.receive(large(), None).await.err(), Some(Problem::Busy));
        drop(first);
        assert!(uploads.receive(large(), None).await.is_ok());
    }
}
