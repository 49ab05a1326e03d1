//! Processor time, counted in epoch ticks during which the instance was executing.
//!
//! wasmtime asks back when the epoch has moved since it last asked. That also happens right after an instance that
//! waited for the host resumes, so a tick only counts when the instance has not been waiting since the last one.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// How often the epoch moves.
pub const TICK: Duration = Duration::from_millis(5);

/// The processor time of one instance.
#[derive(Debug, Default)]
pub struct CpuBudget {
    limit_ticks: u64,
    used_ticks: AtomicU64,
    /// The instance has waited for the host since the last tick.
    waited: AtomicBool,
    /// The next wait is only to let others run.
    yielding: AtomicBool,
    exhausted: AtomicBool,
}

impl CpuBudget {
    /// A budget of `limit` for each request.
    pub fn new(limit: Duration) -> Self {
        let limit_ticks = u64::try_from(limit.as_millis() / TICK.as_millis()).unwrap_or(u64::MAX).max(1);
        Self { limit_ticks, waited: AtomicBool::new(true), ..Self::default() }
    }

    /// A request starts with a full budget.
    pub fn refill(&self) {
        self.used_ticks.store(0, Relaxed);
        self.waited.store(true, Relaxed);
    }

    /// The epoch has moved while the instance executes. `false` when the budget is used up.
    pub fn tick(&self) -> bool {
        self.yielding.store(true, Relaxed);
        if self.waited.swap(false, Relaxed) {
            return true;
        }
        if self.used_ticks.fetch_add(1, Relaxed) < self.limit_ticks {
            return true;
        }
        self.exhausted.store(true, Relaxed);
        false
    }

    /// The instance gave the thread back.
    pub fn paused(&self) {
        if !self.yielding.swap(false, Relaxed) {
            self.waited.store(true, Relaxed);
        }
    }

    /// Whether the instance was stopped for its processor time.
    pub fn is_exhausted(&self) -> bool {
        self.exhausted.load(Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_loop_uses_its_budget_up() {
        let budget = CpuBudget::new(TICK * 10);
        budget.refill();
        let mut ticks = 0;
        while budget.tick() {
            budget.paused();
            ticks += 1;
        }
        assert_eq!(ticks, 11);
        assert!(budget.is_exhausted());
    }

    #[test]
    fn waiting_for_the_host_costs_nothing() {
        let budget = CpuBudget::new(TICK * 10);
        budget.refill();
        for _ in 0..1000 {
            assert!(budget.tick());
            // One pause for the yield, one for the wait.
            budget.paused();
            budget.paused();
        }
        assert!(!budget.is_exhausted());
    }

    #[test]
    fn every_request_has_a_full_budget() {
        let budget = CpuBudget::new(TICK * 4);
        for _ in 0..10 {
            budget.refill();
            for _ in 0..4 {
                assert!(budget.tick());
                budget.paused();
            }
        }
    }
}
