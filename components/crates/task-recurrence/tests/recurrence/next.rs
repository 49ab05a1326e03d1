//! Late, early, moved, skipped, and the end.

use jiff::ToSpan;
use task_model::types::NewRecurrence;
use task_recurrence::Step;

use crate::repeating::{Repeating, at, from_completion, input};

const BERLIN: &str = "Europe/Berlin";

fn except(rule: &str, days: &[&str]) -> NewRecurrence {
    NewRecurrence { exceptions: Some(days.iter().map(|day| (*day).to_owned()).collect()), ..input(rule) }
}

#[test]
fn what_was_missed_does_not_come_back_one_by_one() {
    let mut daily = Repeating::due(&input("FREQ=DAILY"), "2026-11-16", BERLIN);
    assert!(daily.step(at("2026-11-20T12:00:00Z"), Step::Completed));
    assert_eq!(daily.text(), "2026-11-21");
    let mut fridays = Repeating::due(&input("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"), "2026-11-06", BERLIN);
    assert!(fridays.step(at("2027-11-10T12:00:00Z"), Step::Completed));
    assert_eq!(fridays.text(), "2027-11-19");
    let mut minutes = Repeating::due(&input("FREQ=MINUTELY;INTERVAL=15"), "1997-09-02T09:10:00Z", "UTC");
    assert!(minutes.step(at("2026-11-20T12:00:00Z"), Step::Completed));
    assert_eq!(minutes.text(), "2026-11-20T12:10:00+00:00");
    let mut month_ends = Repeating::due(&input("FREQ=MONTHLY"), "2020-01-31", BERLIN);
    assert!(month_ends.step(at("2026-11-20T12:00:00Z"), Step::Completed));
    assert_eq!(month_ends.text(), "2026-12-31");
}

#[test]
fn who_is_early_gets_the_occurrence_after_the_one_that_was_due() {
    let mut fridays = Repeating::due(&input("FREQ=WEEKLY;BYDAY=FR"), "2026-11-20", BERLIN);
    assert!(fridays.step(at("2026-11-16T12:00:00Z"), Step::Completed));
    assert_eq!(fridays.text(), "2026-11-27");
}

#[test]
fn an_occurrence_that_was_moved_comes_back_to_its_series() {
    for (moved, next) in
        [("2026-11-18", "2026-11-27"), ("2026-11-23", "2026-11-27"), ("2026-11-30", "2026-12-04")]
    {
        let mut fridays = Repeating::due(&input("FREQ=WEEKLY;BYDAY=FR"), "2026-11-20", BERLIN);
        fridays.task.due = Some(moved.to_owned());
        assert!(fridays.step(at("2026-11-18T12:00:00Z"), Step::Completed));
        assert_eq!(fridays.text(), next, "{moved}");
    }
}

#[test]
fn from_completion_counts_from_the_day_on_which_it_is_done() {
    let mut plants = Repeating::due(&from_completion("FREQ=DAILY;INTERVAL=3"), "2026-11-16", BERLIN);
    // Already the 21st in Berlin.
    assert!(plants.step(at("2026-11-20T23:30:00Z"), Step::Completed));
    assert_eq!(plants.text(), "2026-11-24");
    let mut at_nine =
        Repeating::due(&from_completion("FREQ=DAILY;INTERVAL=3"), "2026-11-16T09:00:00+01:00", BERLIN);
    assert!(at_nine.step(at("2026-11-20T17:00:00Z"), Step::Completed));
    assert_eq!(at_nine.text(), "2026-11-23T09:00:00+01:00");
    let mut months = Repeating::due(&from_completion("FREQ=MONTHLY"), "2026-01-20", BERLIN);
    assert!(months.step(at("2026-01-31T12:00:00Z"), Step::Completed));
    assert_eq!(months.text(), "2026-02-28");
    let mut hours = Repeating::due(&from_completion("FREQ=HOURLY;INTERVAL=4"), "2026-11-20T08:00:00Z", "UTC");
    assert!(hours.step(at("2026-11-20T10:17:00Z"), Step::Completed));
    assert_eq!(hours.text(), "2026-11-20T14:17:00+00:00");
    let mut mondays = Repeating::due(&from_completion("FREQ=WEEKLY;BYDAY=MO"), "2026-11-16", BERLIN);
    assert!(mondays.step(at("2026-11-20T10:17:00Z"), Step::Completed));
    assert_eq!(mondays.text(), "2026-11-23");
}

#[test]
fn a_skipped_occurrence_gives_way_to_the_next_one() {
    let mut fridays = Repeating::due(&input("FREQ=WEEKLY;BYDAY=FR"), "2026-11-20", BERLIN);
    assert!(fridays.step(at("2026-11-16T12:00:00Z"), Step::Skipped));
    assert_eq!(fridays.text(), "2026-11-27");
    let mut plants = Repeating::due(&from_completion("FREQ=DAILY;INTERVAL=3"), "2026-11-20", BERLIN);
    assert!(plants.step(at("2026-11-16T12:00:00Z"), Step::Skipped));
    assert_eq!(plants.text(), "2026-11-23");
    assert!(plants.step(at("2026-12-01T12:00:00Z"), Step::Skipped));
    assert_eq!(plants.text(), "2026-12-04");
}

#[test]
fn days_that_are_left_out_do_not_occur() {
    let input = except("FREQ=WEEKLY;BYDAY=FR", &["2026-12-25", "2027-01-01", "2026-12-24", "2026-12-25"]);
    let fridays = Repeating::due(&input, "2026-12-11", BERLIN);
    assert_eq!(fridays.series.exceptions, ["2026-12-24", "2026-12-25", "2027-01-01"]);
    assert_eq!(fridays.dues(4), ["2026-12-11", "2026-12-18", "2027-01-08", "2027-01-15"]);
    let counted = except("FREQ=DAILY;COUNT=4", &["2026-12-12"]);
    assert_eq!(
        Repeating::due(&counted, "2026-12-11", BERLIN).dues(9),
        ["2026-12-11", "2026-12-13", "2026-12-14"]
    );
}

#[test]
fn a_series_ends_with_its_count_or_its_last_day() {
    assert_eq!(Repeating::due(&input("FREQ=DAILY;COUNT=1"), "2026-12-11", BERLIN).dues(9), ["2026-12-11"]);
    assert_eq!(
        Repeating::due(&input("FREQ=DAILY;UNTIL=20261213"), "2026-12-11", BERLIN).dues(9),
        ["2026-12-11", "2026-12-12", "2026-12-13"]
    );
    // 23:00 in UTC is the next day in Berlin.
    assert_eq!(
        Repeating::due(&input("FREQ=DAILY;UNTIL=20261212T230000Z"), "2026-12-11", BERLIN).dues(9),
        ["2026-12-11", "2026-12-12", "2026-12-13"]
    );
    let mut late = Repeating::due(&input("FREQ=DAILY;COUNT=3"), "2026-12-11", BERLIN);
    assert!(!late.complete_late(90.hours()));
    let completed = Repeating::due(&from_completion("FREQ=DAILY;COUNT=3"), "2026-12-11", BERLIN);
    assert_eq!(completed.dues(9).len(), 3);
}

#[test]
fn the_first_occurrence_from_now_on_is_due_where_nothing_is() {
    let now = at("2026-11-18T11:06:40Z");
    for (rule, due) in [
        ("FREQ=DAILY", "2026-11-18"),
        ("FREQ=WEEKLY;BYDAY=FR", "2026-11-20"),
        ("FREQ=MONTHLY;BYMONTHDAY=1", "2026-12-01"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2028-02-29"),
        ("FREQ=DAILY;BYHOUR=9", "2026-11-19T09:00:00+01:00"),
        ("FREQ=DAILY;BYHOUR=18;BYMINUTE=30", "2026-11-18T18:30:00+01:00"),
        ("FREQ=HOURLY;INTERVAL=2", "2026-11-18T14:06:00+01:00"),
    ] {
        assert_eq!(Repeating::from(&input(rule), now, BERLIN).text(), due, "{rule}");
    }
    let without_today = except("FREQ=DAILY", &["2026-11-18"]);
    assert_eq!(Repeating::from(&without_today, now, BERLIN).text(), "2026-11-19");
}
