use proptest::prelude::*;

use super::*;
use crate::zone::zone;

fn in_zone(text: &str, name: &str) -> Result<Due, DueError> {
    due(text, &zone(name).unwrap())
}

fn shown(text: &str, name: &str) -> String {
    let due = in_zone(text, name).unwrap();
    match due.moment {
        Moment::Day(day) => day.to_string(),
        Moment::At(at) => written(at, due.offset.unwrap()),
    }
}

#[test]
fn a_day_ends_with_its_last_microsecond_in_its_zone() {
    let due = in_zone("2026-11-22", "europe/berlin").unwrap();
    assert_eq!(due.zone, "Europe/Berlin");
    assert_eq!(due.by.to_string(), "2026-11-22T22:59:59.999999Z");
    assert_eq!(in_zone("2026-11-22", "UTC").unwrap().by.to_string(), "2026-11-22T23:59:59.999999Z");
}

#[test]
fn a_day_without_a_midnight_still_starts_and_ends() {
    // Beirut skipped midnight on 2022-03-27.
    let beirut = zone("Asia/Beirut").unwrap();
    let day: Date = "2022-03-26".parse().unwrap();
    assert_eq!(end_of(day, &beirut).to_string(), "2022-03-26T21:59:59.999999Z");
    assert_eq!(start_of(day.tomorrow().unwrap(), &beirut).to_string(), "2022-03-26T22:00:00Z");
}

#[test]
fn an_instant_is_shown_with_the_offset_of_its_zone() {
    assert_eq!(shown("2026-11-22T18:00:00+01:00", "Europe/Berlin"), "2026-11-22T18:00:00+01:00");
    // The offset decides the instant, the zone how it is shown.
    assert_eq!(shown("2026-07-01T18:00:00+01:00", "Europe/Berlin"), "2026-07-01T19:00:00+02:00");
    assert_eq!(shown("2026-11-22T18:00:00Z", "America/St_Johns"), "2026-11-22T14:30:00-03:30");
    assert_eq!(shown("2026-11-22t18:00:00.1234567z", "UTC"), "2026-11-22T18:00:00.123456+00:00");
}

#[test]
fn a_time_that_comes_twice_is_decided_by_its_offset() {
    assert_eq!(shown("2026-10-25T02:30:00+02:00", "Europe/Berlin"), "2026-10-25T02:30:00+02:00");
    assert_eq!(shown("2026-10-25T02:30:00+01:00", "Europe/Berlin"), "2026-10-25T02:30:00+01:00");
}

#[test]
fn a_missing_offset_is_answered_with_the_one_it_would_be() {
    let error = in_zone("2026-11-22T18:00:00", "Europe/Berlin").unwrap_err();
    assert_eq!(
        error.to_string(),
        "The offset from UTC is missing: in Europe/Berlin this would be 2026-11-22T18:00:00+01:00."
    );
}

#[test]
fn other_forms_are_refused() {
    for text in [
        "",
        "tomorrow",
        "2026-11",
        "20261122",
        "2026-11-22T18",
        "2026-11-22T18:00",
        "2026-11-22T18:00Z",
        "22.11.2026",
        "2026-11-22 18:00:00Z",
        "2026-11-22T18:00:00+01",
        "2026-11-22T18:00:00+0100",
        "2026-11-22T18:00:00.Z",
        "2026-11-22T18:00:00.1234567890Z",
        "2026-11-22T18:00:00+01:00[Europe/Berlin]",
        "+002026-11-22",
        "２０２６-11-22",
        "2026-W47-1",
    ] {
        assert_eq!(in_zone(text, "UTC"), Err(DueError::Form), "{text:?}");
    }
}

#[test]
fn days_and_times_that_do_not_exist_are_refused() {
    for text in [
        "2026-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-11-31",
        "2026-11-22T25:00:00Z",
        "2026-11-22T18:61:00Z",
        "2026-11-22T18:00:00+29:00",
        "2026-02-29T18:00:00Z",
    ] {
        assert_eq!(in_zone(text, "UTC"), Err(DueError::Calendar), "{text:?}");
    }
}

#[test]
fn years_are_1970_to_9999() {
    assert_eq!(in_zone("1969-12-31", "UTC"), Err(DueError::Range));
    assert_eq!(in_zone("0000-01-01", "UTC"), Err(DueError::Range));
    assert_eq!(in_zone("1969-12-31T23:59:59Z", "UTC"), Err(DueError::Range));
    assert!(in_zone("1970-01-01", "UTC").is_ok());
    let last = in_zone("9999-12-31", "Pacific/Honolulu").unwrap();
    assert_eq!(last.by, Timestamp::MAX);
}

#[test]
fn an_offset_of_odd_seconds_is_shown_in_utc() {
    assert_eq!(shown("1971-06-01T12:00:00Z", "Africa/Monrovia"), "1971-06-01T12:00:00+00:00");
}

proptest! {
    #[test]
    fn what_is_shown_is_read_back_as_the_same_instant(
        seconds in 0i64..4_102_444_800, microseconds in 0i64..1_000_000,
        name in prop::sample::select(vec!["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"]),
    ) {
        let at = Timestamp::from_microsecond(seconds * 1_000_000 + microseconds).unwrap();
        let first = in_zone(&at.to_string(), name).unwrap();
        prop_assert_eq!(first.by, at);
        let again = in_zone(&written(at, first.offset.unwrap()), name).unwrap();
        prop_assert_eq!(first, again);
    }

    #[test]
    fn no_text_makes_reading_panic(text in "\\PC{0,40}") {
        let _ = in_zone(&text, "Europe/Berlin");
    }

    #[test]
    fn a_day_lies_between_its_start_and_its_end(days in 0i32..20_000, name in prop::sample::select(vec!["UTC", "Pacific/Apia", "America/Sao_Paulo"])) {
        let zone = zone(name).unwrap();
        let day = Date::constant(1970, 1, 1).checked_add(days.days()).unwrap();
        let next = start_of(day.tomorrow().unwrap(), &zone);
        // Samoa left out 30 December 2011: a day of no length.
        let is_left_out = name == "Pacific/Apia" && day == Date::constant(2011, 12, 30);
        prop_assert_eq!(start_of(day, &zone) < next, !is_left_out);
        prop_assert_eq!(end_of(day, &zone).checked_add(1.microsecond()).unwrap(), next);
    }
}
