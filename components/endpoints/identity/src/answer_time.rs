//! Answers that take the same time whatever was found, where the time could tell whether somebody has an account.

use std::time::{Duration, Instant};

use spin_sdk::time::sleep;

/// What such an answer takes at least: more than all its statements and a hash take on a quiet machine. Limits on how often one may ask
/// make what is left of a difference useless.
const MIN_ANSWER_INTERVAL: Duration = Duration::from_millis(500);

/// Does the work, and waits until the time is over.
pub async fn in_equal_time<T>(work: impl Future<Output = T>) -> T {
    let start = Instant::now();
    let done = work.await;
    if let Some(left) = MIN_ANSWER_INTERVAL.checked_sub(start.elapsed()) {
        sleep(left).await;
    }
    done
}
