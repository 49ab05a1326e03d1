//! Calls of MCP are counted for all processes together, and a minute never gives more than it has.

use std::thread;
use std::time::Duration;

use crate::store::Store;

const TAKE_CALLS: &str = include_str!("../../components/crates/call-budget/src/take_calls.sql");

/// Takes calls of a tool: how many were granted, and how many milliseconds of the minute are left.
fn take(tool: &str, calls: u32, limit: u32) -> (u32, f64) {
    let (tool, calls, limit) = (format!("'{tool}'"), calls.to_string(), limit.to_string());
    let row = Store::shared().execute("auto", "", TAKE_CALLS, &[&tool, &calls, &limit]).unwrap();
    let (granted, milliseconds) = row.split_once('|').unwrap();
    (granted.parse().unwrap(), milliseconds.parse().unwrap())
}

/// How many milliseconds of the minute are left.
fn rest_of_the_minute() -> f64 {
    let rest = "SELECT 1000 * (60 - extract(second FROM clock_timestamp()))";
    Store::shared().as_owner(rest).parse().unwrap()
}

/// Waits for the next minute where this one may end before the test does.
fn begin_early_in_a_minute() {
    let rest = rest_of_the_minute();
    if rest < 15_000.0 {
        thread::sleep(Duration::from_secs_f64(rest / 1_000.0 + 0.1));
    }
}

/// Puts a window there, with so many calls counted, that began so long after this minute.
fn window(tool: &str, after: &str, calls: u32) {
    let user = crate::store::USER;
    Store::shared().as_owner(&format!(
        "INSERT INTO todo.mcp_call_windows (user_id, tool, started_at, calls)
         VALUES ('{user}', '{tool}', date_trunc('minute', now()) + interval '{after}', {calls})"
    ));
}

#[test]
fn all_together_get_as_many_calls_as_a_minute_has() {
    begin_early_in_a_minute();
    let granted: u32 = thread::scope(|scope| {
        let takers: Vec<_> = (0..12).map(|_| scope.spawn(|| take("together", 3, 20).0)).collect();
        takers.into_iter().map(|taker| taker.join().unwrap()).sum()
    });
    assert_eq!(granted, 20);
}

#[test]
fn a_new_minute_has_all_its_calls() {
    begin_early_in_a_minute();
    window("new minute", "-1 minute", 600);
    assert_eq!(take("new minute", 16, 600).0, 16);
}

#[test]
fn a_statement_that_comes_late_does_not_take_the_count_back_to_its_own_minute() {
    begin_early_in_a_minute();
    window("late", "1 minute", 599);
    assert_eq!(take("late", 2, 600).0, 1);
    // Otherwise whoever is in the later minute begins to count anew.
    let is_later = "SELECT started_at > now() FROM todo.mcp_call_windows WHERE tool = 'late'";
    assert_eq!(Store::shared().as_owner(is_later), "t");
    assert_eq!(take("late", 2, 600).0, 0);
}

#[test]
fn a_clock_that_was_set_back_keeps_nobody_waiting() {
    begin_early_in_a_minute();
    window("set back", "1 hour", 600);
    assert_eq!(take("set back", 2, 600).0, 2);
}

#[test]
fn what_was_taken_is_not_kept_beyond_its_minute() {
    begin_early_in_a_minute();
    for _ in 0..20 {
        let before = rest_of_the_minute();
        let (_, rest) = take("rest", 1, 600);
        assert!(rest <= before, "{rest} ms are left, but there were only {before} before");
        assert!(rest > before - 5_000.0, "{rest} ms are left, and there were {before} just before");
    }
}
