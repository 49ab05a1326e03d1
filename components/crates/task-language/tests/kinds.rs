//! The table of kinds in `docs/date-kinds.md` says what is read.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use jiff::Zoned;
use jiff::civil::DateTime;
use task_language::{Clock, Draft, Due};

const TITLE: &str = "Ship it";

fn clock() -> Clock {
    let now: Zoned = "2026-11-21T10:00:00+01:00[Europe/Berlin]".parse().expect("a time with its zone");
    Clock::new(now.timestamp().as_microsecond(), "Europe/Berlin")
}

/// As the table writes it.
fn read_as(example: &str, clock: &Clock) -> String {
    let draft = Draft::parse(&format!("{TITLE} {example}"), clock).expect("a title");
    let Some(when) = draft.first(clock) else {
        let is_whole = draft.title == format!("{TITLE} {example}");
        return if is_whole { "in the title".to_owned() } else { format!("titled {}", draft.title) };
    };
    if draft.title != TITLE {
        return format!("titled {}", draft.title);
    }
    if when.nonexistent.is_some() {
        return "asked about".to_owned();
    }
    match when.due(clock) {
        Some(Due::Day(day)) => format!("`{day}`"),
        Some(Due::At(at)) => format!("`{}`", DateTime::from(at).strftime("%Y-%m-%d %H:%M")),
        None => "nothing".to_owned(),
    }
}

#[test]
fn every_row_of_the_table_is_read_as_it_says() {
    let clock = clock();
    let text = include_str!("../../../../docs/date-kinds.md");
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| "))
        .map(|row| row.split(" | ").map(|cell| cell.trim_matches([' ', '|'])).collect())
        .filter(|row: &Vec<&str>| row[1].starts_with('`'))
        .collect();
    assert!(rows.len() > 90, "{} rows", rows.len());
    let failures: Vec<String> = rows
        .iter()
        .map(|row| (row[1].trim_matches('`'), row[2]))
        .filter_map(|(example, wanted)| {
            let read = read_as(example, &clock);
            (read != wanted).then(|| format!("{example}: {read}, not {wanted}"))
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
