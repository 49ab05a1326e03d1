//! What is said, and the one reading of it: every line of `tests/dates.txt`.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use jiff::Zoned;
use task_language::{Clock, Draft};

fn clock() -> Clock {
    let now: Zoned = "2026-11-21T10:00:00+01:00[Europe/Berlin]".parse().expect("a time with its zone");
    Clock::new(now.timestamp().as_microsecond(), "Europe/Berlin")
}

#[test]
fn every_line_is_read_as_it_says() {
    let clock = clock();
    let mut failures = Vec::new();
    let lines = include_str!("dates.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    for line in lines {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let draft = Draft::parse(parts[0], &clock).expect("a title");
        let due = draft
            .first(&clock)
            .and_then(|when| when.due(&clock))
            .map(|due| due.rfc3339())
            .unwrap_or_default();
        let repeats = draft.every.as_ref().map(ToString::to_string).unwrap_or_default();
        let read = [draft.title, due, repeats];
        let wanted: Vec<&str> = (1..4).map(|at| parts.get(at).copied().unwrap_or_default()).collect();
        if read.iter().zip(&wanted).any(|(read, wanted)| read != wanted) {
            failures.push(format!("{}\n    {read:?}\n    {wanted:?}", parts[0]));
        }
    }
    assert!(failures.is_empty(), "{}\n{} lines fail", failures.join("\n"), failures.len());
}
