//! Waiting for tasks that a component has spawned.
//!
//! The component's executor (wit-bindgen 0.57) takes spawned tasks on after a round of polling, but begins them only
//! with the next round, and a round begins only with an event. While all that is waited for is the new task itself, such
//! as the one that writes a request's body, no event comes and the request hangs. So whoever waits asks for one more round.

#![warn(missing_docs)]

use std::pin::pin;

/// Waits for a future whose first poll spawns tasks (an HTTP request with a body), or that waits for tasks spawned just
/// before.
pub async fn with_spawned<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut has_asked = false;
    std::future::poll_fn(|context| {
        let poll = future.as_mut().poll(context);
        if poll.is_pending() && !has_asked {
            has_asked = true;
            context.waker().wake_by_ref();
        }
        poll
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};
    use std::pin::pin;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::{Context, Poll, Wake, Waker};

    use super::with_spawned;

    #[derive(Default)]
    struct Count(AtomicUsize);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    #[test]
    fn one_more_round_is_asked_for_and_no_more() {
        let count = Arc::new(Count::default());
        let waker = Waker::from(Arc::clone(&count));
        let mut context = Context::from_waker(&waker);
        let mut waiting = pin!(with_spawned(pending::<()>()));
        for _ in 0..3 {
            assert_eq!(waiting.as_mut().poll(&mut context), Poll::Pending);
        }
        assert_eq!(count.0.load(Ordering::SeqCst), 1);
    }

    #[test]
    fn what_is_ready_needs_no_round() {
        let count = Arc::new(Count::default());
        let waker = Waker::from(Arc::clone(&count));
        let answer = pin!(with_spawned(ready(7))).poll(&mut Context::from_waker(&waker));
        assert_eq!((answer, count.0.load(Ordering::SeqCst)), (Poll::Ready(7), 0));
    }
}
