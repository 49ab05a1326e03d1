//! What a rule may cost.

use std::time::{Duration, Instant};

use task_model::types::NewRecurrence;
use task_recurrence::Step;

use crate::repeating::{Repeating, at, input, refused};

/// What one call may take, whatever the rule: these tests are not optimized, the app is.
const CALL_TIMEOUT: Duration = Duration::from_secs(2);

/// Rules that are valid and look for long: sparse ones, dense ones, ones of which nothing comes.
fn expensive() -> Vec<String> {
    let all =
        |range: std::ops::RangeInclusive<i32>| range.map(|n| n.to_string()).collect::<Vec<_>>().join(",");
    vec![
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30".to_owned(),
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30".to_owned(),
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30".to_owned(),
        "FREQ=WEEKLY;INTERVAL=52;BYMONTH=2;BYDAY=MO".to_owned(),
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30".to_owned(),
        "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30".to_owned(),
        "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=29".to_owned(),
        "FREQ=MINUTELY;INTERVAL=7;BYHOUR=3;BYMINUTE=7;BYSETPOS=-1".to_owned(),
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30;BYHOUR=3;BYMINUTE=7".to_owned(),
        "FREQ=HOURLY;INTERVAL=7;BYMONTH=2;BYMONTHDAY=29;BYHOUR=3;BYDAY=MO".to_owned(),
        "FREQ=MINUTELY;INTERVAL=999;BYHOUR=3".to_owned(),
        "FREQ=MINUTELY;INTERVAL=60;BYMINUTE=59".to_owned(),
        "FREQ=HOURLY;INTERVAL=24;BYHOUR=3".to_owned(),
        "FREQ=YEARLY;INTERVAL=1000;BYDAY=MO".to_owned(),
        format!("FREQ=YEARLY;BYMONTH={};BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR={}", all(1..=12), all(0..=23)),
        format!(
            "FREQ=YEARLY;BYMONTH={};BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR={};BYSETPOS=366,-366",
            all(1..=12),
            all(0..=23)
        ),
        format!("FREQ=MONTHLY;BYMONTHDAY={};BYHOUR={}", all(1..=31), all(0..=23)),
        format!("FREQ=YEARLY;BYWEEKNO={}", all(1..=53)),
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO".to_owned(),
        "FREQ=YEARLY;BYDAY=53MO;BYMONTH=1".to_owned(),
        "FREQ=YEARLY;BYYEARDAY=-366,366;BYMONTH=2".to_owned(),
        "FREQ=MINUTELY;COUNT=1000".to_owned(),
    ]
}

#[test]
fn no_rule_takes_long_to_begin_or_to_go_on() {
    for rule in expensive() {
        let begun = Instant::now();
        let is_refused = !refused(&input(&rule), Some("1970-01-01T00:00:00Z")).is_empty();
        assert!(begun.elapsed() < CALL_TIMEOUT, "{rule} takes {:?} to begin", begun.elapsed());
        if is_refused {
            continue;
        }
        let mut repeating = Repeating::due(&input(&rule), "1970-01-01T00:00:00Z", "Europe/Berlin");
        for now in ["1970-01-01T00:00:00Z", "2026-11-18T11:00:00Z", "9998-12-31T00:00:00Z"] {
            for step in [Step::Completed, Step::Skipped] {
                let begun = Instant::now();
                repeating.step(at(now), step);
                assert!(begun.elapsed() < CALL_TIMEOUT, "{rule} takes {:?} to go on", begun.elapsed());
            }
        }
    }
}

#[test]
fn days_that_are_left_out_take_no_longer() {
    let days: Vec<String> = (0..100)
        .map(|days| {
            jiff::civil::date(2026, 11, 19).checked_add(jiff::Span::new().days(days)).unwrap().to_string()
        })
        .collect();
    let hours = (0..24).map(|hour: i32| hour.to_string()).collect::<Vec<_>>().join(",");
    let input = NewRecurrence { exceptions: Some(days), ..input(&format!("FREQ=DAILY;BYHOUR={hours}")) };
    let begun = Instant::now();
    let mut repeating = Repeating::due(&input, "2026-11-18T23:00:00+01:00", "Europe/Berlin");
    assert!(repeating.complete());
    assert_eq!(repeating.text(), "2027-02-27T00:00:00+01:00");
    assert!(begun.elapsed() < CALL_TIMEOUT, "{:?}", begun.elapsed());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// Whatever is taken goes on or ends, forwards, in time, and never breaks off.
    #[test]
    fn any_rule_goes_on_forwards(
        frequency in "DAILY|WEEKLY|MONTHLY|YEARLY|HOURLY|MINUTELY",
        interval in 1..1000,
        parts in "(;BYMONTH=[1-9])?(;BYDAY=(MO|TU|FR|1MO|-1SU)(,SA)?)?(;BYMONTHDAY=-?[1-9])?(;BYHOUR=[1-9])?(;BYMINUTE=[1-9])?(;BYSETPOS=-?[1-3])?",
        day in 0..20_000,
    ) {
        let rule = format!("FREQ={frequency};INTERVAL={interval}{parts}");
        let due = at("1990-01-01T08:30:15Z").checked_add(jiff::Span::new().hours(i64::from(day) * 24)).unwrap().to_string();
        if refused(&input(&rule), Some(&due)).is_empty() {
            let mut repeating = Repeating::due(&input(&rule), &due, "Europe/Berlin");
            let mut before = repeating.instant();
            for _ in 0..5 {
                let begun = Instant::now();
                if !repeating.complete() {
                    break;
                }
                proptest::prop_assert!(begun.elapsed() < CALL_TIMEOUT, "{rule}: {:?}", begun.elapsed());
                proptest::prop_assert!(repeating.instant() > before, "{rule}");
                before = repeating.instant();
            }
        }
    }
}
