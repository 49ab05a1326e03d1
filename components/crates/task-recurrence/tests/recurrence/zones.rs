//! Clocks that are put forward and back.

use jiff::civil::time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use task_recurrence::Step;

use crate::repeating::{Repeating, from_completion, input};

/// Zones with and without summer time on both halves of the earth, among them those that put their clocks at midnight, by half an
/// hour, or against the sun, and one that had left out a day.
const ZONES: [&str; 24] = [
    "UTC",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Istanbul",
    "Europe/Moscow",
    "Atlantic/Azores",
    "America/New_York",
    "America/Los_Angeles",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/Havana",
    "America/Phoenix",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
];

/// 10 years of a task that is due each day at this time, completed on time, in each zone.
fn ten_years_of_days_at(hour: i8, minute: i8) {
    for name in ZONES {
        let zone = TimeZone::get(name).unwrap();
        let clock = time(hour, minute, 0, 0);
        let mut day = jiff::civil::date(2017, 1, 1);
        let first = zone.to_timestamp(day.to_datetime(clock)).unwrap();
        let mut repeating = Repeating::due(&input("FREQ=DAILY"), &first.to_string(), name);
        let mut moved = 0;
        for _ in 0..3652 {
            assert!(repeating.complete());
            day = day.tomorrow().unwrap();
            let shown = repeating.instant().to_zoned(zone.clone());
            if shown.datetime() != day.to_datetime(clock) {
                // Only where no clock shows the time: then as much later as the clocks were put forward.
                moved += 1;
                let meant = zone.to_ambiguous_timestamp(day.to_datetime(clock));
                let jiff::tz::AmbiguousOffset::Gap { before, after } = meant.offset() else {
                    panic!("{name}: {shown} instead of {day} {clock}")
                };
                let forward = after.seconds() - before.seconds();
                let late = day.to_datetime(clock).checked_add(i64::from(forward).seconds()).unwrap();
                assert_eq!(shown.datetime(), late, "{name}");
            }
        }
        assert!(moved <= 40, "{name}: {moved}");
        assert_eq!(repeating.instant().to_zoned(zone).date(), jiff::civil::date(2027, 1, 1), "{name}");
    }
}

#[test]
fn every_day_at_nine_is_nine_on_the_clock_for_ten_years_in_all_zones() {
    ten_years_of_days_at(9, 0);
}

#[test]
fn a_time_in_the_night_comes_back_after_the_clocks_were_put() {
    ten_years_of_days_at(2, 30);
}

#[test]
fn midnight_comes_back_where_clocks_are_put_at_midnight() {
    ten_years_of_days_at(0, 0);
}

#[test]
fn whole_days_follow_each_other_in_all_zones() {
    for name in ZONES {
        let dues = Repeating::due(&input("FREQ=DAILY"), "2026-01-01", name).dues(366);
        let mut day = jiff::civil::date(2026, 1, 1);
        for due in dues {
            assert_eq!(due, day.to_string(), "{name}");
            day = day.tomorrow().unwrap();
        }
    }
}

#[test]
fn a_time_that_is_skipped_is_later_and_one_that_is_there_twice_is_the_first() {
    let spring = Repeating::due(&input("FREQ=DAILY"), "2026-03-28T02:30:00+01:00", "Europe/Berlin");
    assert_eq!(
        spring.dues(3),
        ["2026-03-28T02:30:00+01:00", "2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00"]
    );
    let autumn = Repeating::due(&input("FREQ=DAILY"), "2026-10-24T02:30:00+02:00", "Europe/Berlin");
    assert_eq!(
        autumn.dues(3),
        ["2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"]
    );
}

#[test]
fn five_hundred_completions_drift_by_nothing() {
    for (rule, days) in
        [("FREQ=DAILY", 500), ("FREQ=DAILY;INTERVAL=3", 1500), ("FREQ=WEEKLY;INTERVAL=2", 7000)]
    {
        for lateness in [0.minutes(), 5.hours().minutes(17).seconds(3)] {
            let mut repeating = Repeating::due(&input(rule), "2026-01-05T09:00:00+01:00", "Europe/Berlin");
            for _ in 0..500 {
                assert!(repeating.complete_late(lateness));
            }
            let day = jiff::civil::date(2026, 1, 5).checked_add(days.days()).unwrap();
            let expected = day.at(9, 0, 0, 0).in_tz("Europe/Berlin").unwrap().timestamp();
            assert_eq!(repeating.instant(), expected, "{rule} {lateness}");
        }
    }
    let mut repeating = Repeating::due(
        &from_completion("FREQ=DAILY;INTERVAL=3"),
        "2026-01-05T09:00:00+01:00",
        "Europe/Berlin",
    );
    for _ in 0..500 {
        assert!(repeating.complete_late(5.hours().minutes(17)));
    }
    let day = jiff::civil::date(2026, 1, 5).checked_add(1500.days()).unwrap();
    let expected = day.at(9, 0, 0, 0).in_tz("Europe/Berlin").unwrap().timestamp();
    assert_eq!(repeating.instant(), expected);
}

#[test]
fn a_rule_may_be_meant_in_another_zone_than_the_task_is_shown_in() {
    let rule =
        task_model::types::NewRecurrence { zone: Some("America/New_York".to_owned()), ..input("FREQ=DAILY") };
    // New York changes two weeks before Berlin.
    let dues = Repeating::due(&rule, "2026-03-07T15:00:00+01:00", "Europe/Berlin").dues(3);
    assert_eq!(dues, ["2026-03-07T15:00:00+01:00", "2026-03-08T14:00:00+01:00", "2026-03-09T14:00:00+01:00"]);
}

#[test]
fn hours_go_on_over_a_change_of_the_clocks_and_never_stand_still() {
    let start: Timestamp = "2026-03-29T00:30:00Z".parse().unwrap();
    let mut repeating = Repeating::due(&input("FREQ=HOURLY"), "2026-03-29T01:30:00+01:00", "Europe/Berlin");
    let mut before = start;
    for _ in 0..48 {
        assert!(repeating.step(repeating.instant(), Step::Completed));
        assert!(repeating.instant() > before);
        before = repeating.instant();
    }
}
