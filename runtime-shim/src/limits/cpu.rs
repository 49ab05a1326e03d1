//! Processor time, counted in epoch ticks during which the instance was executing.
//!
//! wasmtime asks back when the epoch has moved since it last asked. That also happens right after an instance that
//! waited for the host resumes, so a tick only counts when the instance has not been waiting since the last one.
//!
//! Long computations take turns, on all processors but one: a request that only needs a moment does not wait for them.

use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::available_parallelism;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How often the epoch moves.
pub const TICK: Duration = Duration::from_millis(5);
/// From this tick on a computation is a long one.
const LONG: u64 = 2;
/// How many ticks a long one goes on before another one has its turn.
const TURN: u64 = 20;

/// The turns of long computations.
#[derive(Clone, Debug)]
pub struct Turns(Arc<Semaphore>);

impl Default for Turns {
    /// On all processors but one.
    fn default() -> Self {
        let processors = available_parallelism().map_or(1, NonZero::get);
        Self(Arc::new(Semaphore::new(processors.saturating_sub(1).max(1))))
    }
}

/// The processor time of one instance.
#[derive(Debug)]
pub struct CpuBudget {
    limit_ticks: u64,
    used_ticks: AtomicU64,
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
    ticks: u64,
    turn: Option<OwnedSemaphorePermit>,
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
        let limit_ticks = u64::try_from(limit.as_millis() / TICK.as_millis()).unwrap_or(u64::MAX).max(1);
        Self {
            limit_ticks,
            used_ticks: AtomicU64::new(0),
            waited: AtomicBool::new(true),
            yielding: AtomicBool::new(false),
            exhausted: AtomicBool::new(false),
            has_run: AtomicBool::new(false),
            turns,
            run: Mutex::default(),
        }
    }

    /// A request starts with a full budget.
    pub fn refill(&self) {
        self.used_ticks.store(0, Relaxed);
        self.waited.store(true, Relaxed);
    }

    /// The epoch has moved while the instance executes.
    pub fn tick(&self) -> Tick {
        self.yielding.store(true, Relaxed);
        if self.waited.swap(false, Relaxed) {
            return Tick::Yield;
        }
        if self.used_ticks.fetch_add(1, Relaxed) >= self.limit_ticks {
            self.exhausted.store(true, Relaxed);
            return Tick::Stop;
        }
        self.has_run.store(true, Relaxed);
        let mut run = self.run();
        run.ticks += 1;
        if run.ticks < LONG || (run.turn.is_some() && !run.ticks.is_multiple_of(TURN)) {
            return Tick::Yield;
        }
        run.turn = None;
        run.is_queued = true;
        Tick::Queue
    }

    /// Waits for the turn of a long computation.
    pub async fn wait_for_turn(&self) {
        // Closed by nobody.
        let turn = Arc::clone(&self.turns.0).acquire_owned().await.ok();
        let mut run = self.run();
        run.turn = turn;
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
    pub fn is_exhausted(&self) -> bool {
        self.exhausted.load(Relaxed)
    }

    fn run(&self) -> std::sync::MutexGuard<'_, Run> {
        self.run.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget(ticks: u32) -> CpuBudget {
        CpuBudget::new(TICK * ticks, Turns::default())
    }

    #[tokio::test]
    async fn a_busy_loop_uses_its_budget_up() {
        let budget = budget(10);
        budget.refill();
        let mut ticks = 0;
        loop {
            match budget.tick() {
                Tick::Stop => break,
                Tick::Yield => {}
                Tick::Queue => budget.wait_for_turn().await,
            }
            budget.paused();
            ticks += 1;
        }
        assert_eq!(ticks, 11);
        assert!(budget.is_exhausted());
    }

    #[test]
    fn waiting_for_the_host_costs_nothing() {
        let budget = budget(10);
        budget.refill();
        for _ in 0..1000 {
            assert_eq!(budget.tick(), Tick::Yield);
            // One pause for the yield, one for the wait.
            budget.paused();
            budget.paused();
        }
        assert!(!budget.is_exhausted());
    }

    #[test]
    fn every_request_has_a_full_budget() {
        let budget = budget(4);
        for _ in 0..10 {
            budget.refill();
            for _ in 0..4 {
                assert_ne!(budget.tick(), Tick::Stop);
                budget.paused();
            }
        }
    }

    #[tokio::test]
    async fn long_computations_take_turns() {
        let turns = Turns(Arc::new(Semaphore::new(1)));
        let compute = |budget: &CpuBudget| loop {
            budget.paused();
            if budget.tick() == Tick::Queue {
                break;
            }
        };
        let (first, second) = (CpuBudget::new(TICK * 400, turns.clone()), CpuBudget::new(TICK * 400, turns));
        compute(&first);
        first.wait_for_turn().await;
        compute(&second);
        let mut waiting = Box::pin(second.wait_for_turn());
        assert!(futures::poll!(waiting.as_mut()).is_pending());
        // Looked at while it waits: that is no wait for the host.
        second.paused();
        second.paused();
        compute(&first);
        waiting.await;
        let mut again = Box::pin(first.wait_for_turn());
        assert!(futures::poll!(again.as_mut()).is_pending());
        // The second one has what it computed, and waits for the host.
        second.paused();
        second.paused();
        again.await;
    }
}
