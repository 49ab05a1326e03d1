//! HTTP/2 streams: each is a task of its own with a deadline of its own, so that one that does not go on is reset while the
//! others of its connection do.

use super::deadline::Deadline;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

tokio::task_local! {
    /// The deadline of the stream that is being worked on.
    static STREAM: Arc<Deadline>;
}

/// Runs the streams of HTTP/2 connections.
#[derive(Clone, Copy, Debug)]
pub struct StreamExecutor {
    stall: Duration,
}

impl StreamExecutor {
    /// Streams may take `stall` for their next bytes.
    pub fn new(stall: Duration) -> Self {
        Self { stall }
    }
}

impl<F> hyper::rt::Executor<F> for StreamExecutor
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    fn execute(&self, stream: F) {
        let deadline = Arc::new(Deadline::new(self.stall));
        tokio::spawn(STREAM.scope(Arc::clone(&deadline), async move {
            tokio::select! {
                biased;
                _ = stream => {}
                // Dropping the stream resets it (RFC 9113, 5.4.2).
                () = deadline.passed() => tracing::debug!("stream reset: its client does not go on"),
            }
        }));
    }
}

/// The deadline of the HTTP/2 stream that this is called for; none in an HTTP/1 connection.
pub fn current() -> Option<Arc<Deadline>> {
    STREAM.try_with(Arc::clone).ok()
}
