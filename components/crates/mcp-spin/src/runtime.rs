//! Work beside an answer, and waiting.

use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;

/// A component on a host of Spin apps.
#[derive(Clone, Copy, Debug)]
pub struct SpinRuntime;

impl mcp_protocol::Runtime for SpinRuntime {
    fn spawn(work: LocalBoxFuture<'static, ()>) {
        spin_sdk::wasip3::spawn(work);
    }

    fn sleep(time: Duration) -> LocalBoxFuture<'static, ()> {
        spin_sdk::time::sleep(time).boxed_local()
    }
}
