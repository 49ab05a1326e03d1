//! A time by which a connection or a stream has to go on. It does not depend on anybody asking a body for its next bytes: a
//! client that takes nothing leaves nobody who would ask.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// No deadline.
const NEVER: u64 = u64::MAX;

/// A deadline that may be moved at any time.
#[derive(Debug)]
pub struct Deadline {
    /// Milliseconds since [`origin`].
    at: AtomicU64,
    /// How often it is looked whether the deadline was moved forward.
    look_every: Duration,
}

impl Deadline {
    /// None yet. It may pass by a quarter of `stall`, the shortest time it is used for.
    pub fn new(stall: Duration) -> Self {
        Self { at: AtomicU64::new(NEVER), look_every: (stall / 4).max(Duration::from_millis(10)) }
    }

    /// It is then.
    pub fn set(&self, at: Instant) {
        self.at.store(milliseconds(at), Relaxed);
    }

    /// There is none.
    pub fn clear(&self) {
        self.at.store(NEVER, Relaxed);
    }

    /// Waits until it has passed.
    pub async fn passed(&self) {
        loop {
            let (at, now) = (self.at.load(Relaxed), milliseconds(Instant::now()));
            let Some(left) = at.checked_sub(now).filter(|left| *left > 0) else { return };
            tokio::time::sleep(Duration::from_millis(left).min(self.look_every)).await;
        }
    }
}

fn milliseconds(at: Instant) -> u64 {
    let since = at.saturating_duration_since(origin());
    u64::try_from(since.as_millis()).unwrap_or(NEVER - 1)
}

/// Where time is counted from.
fn origin() -> Instant {
    static ORIGIN: OnceLock<Instant> = OnceLock::new();
    *ORIGIN.get_or_init(Instant::now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    const STALL_TIMEOUT: Duration = Duration::from_millis(80);

    #[tokio::test]
    async fn it_passes_when_it_was_moved_forward_too() {
        let deadline = Arc::new(Deadline::new(STALL_TIMEOUT));
        let started = Instant::now();
        deadline.set(started + Duration::from_secs(60));
        let waiting = Arc::clone(&deadline);
        let passed = tokio::spawn(async move { waiting.passed().await });
        tokio::time::sleep(STALL_TIMEOUT / 2).await;
        deadline.set(Instant::now() + STALL_TIMEOUT);
        passed.await.unwrap();
        assert!(started.elapsed() >= STALL_TIMEOUT && started.elapsed() < Duration::from_secs(10));
    }

    #[tokio::test]
    async fn without_one_nothing_passes() {
        let deadline = Deadline::new(STALL_TIMEOUT);
        deadline.set(Instant::now() + STALL_TIMEOUT);
        deadline.clear();
        assert!(tokio::time::timeout(STALL_TIMEOUT * 4, deadline.passed()).await.is_err());
    }
}
