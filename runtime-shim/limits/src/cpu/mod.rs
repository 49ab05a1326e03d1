//! Processor time, counted in epoch ticks during which the instance was executing.
//!
//! wasmtime asks back when the epoch has moved since it last asked. That also happens right after an instance that
//! waited for the host resumes, so a tick only counts when the instance has not been waiting since the last one.

use crate::turns::{TICK_INTERVAL, Turns};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::thread::yield_now;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;

/// From here on a computation is a long one.
const MIN_LONG_INTERVAL: Duration = Duration::from_millis(10);
/// How long a long one goes on before another one has its turn.
const TURN_INTERVAL: Duration = Duration::from_millis(100);

/// The processor time of one instance.
#[derive(Debug)]
pub struct CpuBudget {
    limit: Duration,
    /// In microseconds.
    used: AtomicU64,
    /// The instance has waited for the host since the last tick.
    waited: AtomicBool,
    /// The next wait is only to let others run.
    yielding: AtomicBool,
    exhausted: AtomicBool,
    /// There is something in `run`.
    has_run: AtomicBool,
    turns: Turns,
    run: Mutex<Run>,
}

/// What the instance has computed since it last waited for the host.
#[derive(Debug, Default)]
struct Run {
    computed: Duration,
    turn: Option<OwnedSemaphorePermit>,
    /// How much of its turn it has used.
    of_turn: Duration,
    /// It waits for its turn.
    is_queued: bool,
}

/// What an instance does when the epoch has moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// It goes on when others that are ready have run.
    Yield,
    /// It goes on when it is its turn.
    Queue,
    /// Its budget is used up.
    Stop,
}

impl CpuBudget {
    /// A budget of `limit` for each request.
    pub fn new(limit: Duration, turns: Turns) -> Self {
        Self {
            limit: limit.max(TICK_INTERVAL),
            used: AtomicU64::new(0),
            waited: AtomicBool::new(true),
            yielding: AtomicBool::new(false),
            exhausted: AtomicBool::new(false),
            has_run: AtomicBool::new(false),
            turns,
            run: Mutex::default(),
        }
    }

    /// A request starts with a full budget.
    #[inline]
    pub fn refill(&self) {
        self.used.store(0, Relaxed);
        self.waited.store(true, Relaxed);
    }

    /// The epoch has moved while the instance executes.
    pub fn tick(&self) -> Tick {
        self.yielding.store(true, Relaxed);
        if self.waited.swap(false, Relaxed) {
            return Tick::Yield;
        }
        let tick = self.turns.tick();
        let used = self.used.fetch_add(tick.subsec_micros().into(), Relaxed);
        if Duration::from_micros(used) >= self.limit {
            self.exhausted.store(true, Relaxed);
            return Tick::Stop;
        }
        self.has_run.store(true, Relaxed);
        let mut run = self.run();
        run.computed += tick;
        let goes_on = if run.turn.is_some() {
            run.of_turn += tick;
            run.of_turn < TURN_INTERVAL
        } else {
            run.computed < MIN_LONG_INTERVAL
        };
        if goes_on {
            drop(run);
            // Others in this process are looked after by the runtime, those of other processes by the system.
            yield_now();
            return Tick::Yield;
        }
        run.turn = None;
        run.is_queued = true;
        Tick::Queue
    }

    /// Waits for the turn of a long computation.
    pub async fn wait_for_turn(&self) {
        let turn = self.turns.take().await;
        let mut run = self.run();
        run.turn = turn;
        run.of_turn = Duration::ZERO;
        run.is_queued = false;
        self.yielding.store(true, Relaxed);
    }

    /// The instance gave the thread back.
    pub fn paused(&self) {
        if self.yielding.swap(false, Relaxed) {
            return;
        }
        if self.has_run.load(Relaxed) {
            let mut run = self.run();
            if run.is_queued {
                return;
            }
            *run = Run::default();
            self.has_run.store(false, Relaxed);
        }
        self.waited.store(true, Relaxed);
    }

    /// Whether the instance was stopped for its processor time.
    #[inline]
    pub fn is_exhausted(&self) -> bool {
        self.exhausted.load(Relaxed)
    }

    fn run(&self) -> std::sync::MutexGuard<'_, Run> {
        self.run.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
