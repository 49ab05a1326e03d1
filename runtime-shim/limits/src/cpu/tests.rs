use super::*;
use crate::turns::SHORT_TICK_INTERVAL;

fn budget(ticks: u32) -> CpuBudget {
    CpuBudget::new(TICK_INTERVAL * ticks, Turns::default())
}

#[tokio::test]
async fn a_busy_loop_uses_its_budget_up() {
    let budget = budget(10);
    budget.refill();
    loop {
        match budget.tick() {
            Tick::Stop => break,
            Tick::Yield => {}
            Tick::Queue => budget.wait_for_turn().await,
        }
        budget.paused();
    }
    // The last tick is the one that finds nothing left; short, as in a turn.
    assert_eq!(Duration::from_micros(budget.used.load(Relaxed)), TICK_INTERVAL * 10 + SHORT_TICK_INTERVAL);
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
async fn the_epoch_moves_faster_while_a_long_computation_has_its_turn() {
    let turns = Turns::new(1);
    assert_eq!(turns.tick(), TICK_INTERVAL);
    let long = CpuBudget::new(TICK_INTERVAL * 400, turns.clone());
    while long.tick() != Tick::Queue {
        long.paused();
    }
    long.wait_for_turn().await;
    assert_eq!(turns.tick(), SHORT_TICK_INTERVAL);
    // It has what it computed, and waits for the host.
    long.paused();
    long.paused();
    assert_eq!(turns.tick(), TICK_INTERVAL);
}

#[tokio::test]
async fn long_computations_take_turns() {
    let turns = Turns::new(1);
    let compute = |budget: &CpuBudget| loop {
        budget.paused();
        if budget.tick() == Tick::Queue {
            break;
        }
    };
    let (first, second) =
        (CpuBudget::new(TICK_INTERVAL * 400, turns.clone()), CpuBudget::new(TICK_INTERVAL * 400, turns));
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
