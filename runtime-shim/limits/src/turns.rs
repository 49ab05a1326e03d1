//! Long computations take turns, on all processors but one: a request that only needs a moment does not wait for them. They
//! offer their thread and their processor to others twice a millisecond.

use std::num::NonZero;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How often the epoch moves.
pub(crate) const TICK_INTERVAL: Duration = Duration::from_millis(5);
/// How often it moves while a long computation has its turn: so long at most does a request wait that becomes ready on the same
/// processor, instead of for as long as the system lets a thread go on.
pub(crate) const SHORT_TICK_INTERVAL: Duration = Duration::from_micros(500);

/// The turns of long computations.
#[derive(Clone, Debug)]
pub struct Turns {
    free: Arc<Semaphore>,
    all: usize,
}

impl Default for Turns {
    fn default() -> Self {
        Self::new(max_turns())
    }
}

impl Turns {
    pub(crate) fn new(all: usize) -> Self {
        Self { free: Arc::new(Semaphore::new(all)), all }
    }

    /// After how long the epoch moves next.
    pub fn tick(&self) -> Duration {
        if self.free.available_permits() < self.all { SHORT_TICK_INTERVAL } else { TICK_INTERVAL }
    }

    /// Waits for a turn, which ends when this is dropped.
    pub(crate) async fn take(&self) -> Option<OwnedSemaphorePermit> {
        // Closed by nobody.
        Arc::clone(&self.free).acquire_owned().await.ok()
    }
}

/// How many long computations have their turn at once: on all processors but one.
fn max_turns() -> usize {
    available_parallelism().map_or(1, NonZero::get).saturating_sub(1).max(1)
}
