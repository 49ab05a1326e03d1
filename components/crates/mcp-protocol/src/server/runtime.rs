//! What a server needs of the program it runs in.

use std::time::Duration;

use futures_util::future::LocalBoxFuture;

/// Work beside an answer, and waiting: a component and a test have their own way to do both.
pub trait Runtime: 'static {
    /// Runs work that outlives the answer to its request.
    fn spawn(work: LocalBoxFuture<'static, ()>);

    /// Waits.
    #[must_use]
    fn sleep(time: Duration) -> LocalBoxFuture<'static, ()>;
}
