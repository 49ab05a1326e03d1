//! The instant at which an answer has to be there.

use std::pin::Pin;

use futures_util::future::{Either, FutureExt, Shared, select};

/// The instant at which an answer has to be there.
#[derive(Clone)]
pub struct Deadline(Shared<Pin<Box<dyn Future<Output = ()>>>>);

impl Deadline {
    /// When this future is ready.
    pub fn when(passed: impl Future<Output = ()> + 'static) -> Self {
        let passed: Pin<Box<dyn Future<Output = ()>>> = Box::pin(passed);
        Self(passed.shared())
    }

    /// What the future answers, or `None` when the instant comes first.
    pub async fn within<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        match select(std::pin::pin!(future), self.0.clone()).await {
            Either::Left((value, _)) => Some(value),
            Either::Right(_) => None,
        }
    }

    /// Whether the instant has come.
    pub fn has_passed(&self) -> bool {
        self.0.clone().now_or_never().is_some()
    }
}
