//! Work beside an answer, and waiting.

use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;

/// Runs work that outlives the answer to its request.
pub fn spawn(work: LocalBoxFuture<'static, ()>) {
    spin_sdk::wasip3::spawn(work);
}

/// Waits.
#[must_use]
pub fn sleep(time: Duration) -> LocalBoxFuture<'static, ()> {
    spin_sdk::time::sleep(time).boxed_local()
}
