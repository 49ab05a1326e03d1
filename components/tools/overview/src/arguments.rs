//! The input of the tool, checked, and the caller's day as instants.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use task_model::page::DAYS;
use task_model::types::{Caller, OverviewQuery, ToolError};
use task_model::{Violations, due, instant, zone};

/// The days that the overview covers, in the caller's time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arguments {
    /// Today.
    pub today: Date,
    /// Now.
    pub now: Timestamp,
    /// The first instant of today.
    pub today_starts: Timestamp,
    /// The last instant of today.
    pub today_ends: Timestamp,
    /// The last instant of the upcoming days.
    pub upcoming_ends: Timestamp,
}

/// Checks the input.
///
/// # Errors
/// [`ToolError::Invalid`] with every rule that is broken.
pub fn check(caller: &Caller, input: OverviewQuery) -> Result<Arguments, ToolError> {
    let mut violations = Violations::none();
    let days = input.days.unwrap_or(DAYS.default);
    if !(1..=DAYS.max).contains(&days) {
        violations.add("/days", "It must be 1 to 31 days.");
    }
    let zone = violations.check("", zone::from_caller(caller));
    violations.finish()?;
    let Some(zone) = zone else { return Err(ToolError::Internal(caller.request_id.clone())) };
    let now = instant::now(caller);
    let today = now.to_zoned(zone.rules.clone()).date();
    let last = today.saturating_add(i64::from(days).days());
    Ok(Arguments {
        today,
        now,
        today_starts: due::start_of(today, &zone),
        today_ends: due::end_of(today, &zone),
        upcoming_ends: due::end_of(last, &zone),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(time_zone: &str) -> Caller {
        Caller {
            user_id: String::new(),
            scopes: vec![],
            request_id: "r".to_owned(),
            time_zone: time_zone.to_owned(),
            // 2026-11-18T23:06:40Z
            now: 1_795_043_200_000_000,
            idempotency_key: None,
        }
    }

    #[test]
    fn today_is_the_callers_day() {
        let day = |zone| check(&caller(zone), OverviewQuery { days: None }).unwrap().today.to_string();
        assert_eq!(day("UTC"), "2026-11-18");
        assert_eq!(day("Europe/Berlin"), "2026-11-19");
        assert_eq!(day("America/New_York"), "2026-11-18");
    }

    #[test]
    fn upcoming_starts_after_today_and_has_whole_days() {
        let arguments = check(&caller("Europe/Berlin"), OverviewQuery { days: Some(2) }).unwrap();
        assert_eq!(arguments.today_starts.to_string(), "2026-11-18T23:00:00Z");
        assert_eq!(arguments.today_ends.to_string(), "2026-11-19T22:59:59.999999Z");
        assert_eq!(arguments.upcoming_ends.to_string(), "2026-11-21T22:59:59.999999Z");
    }

    #[test]
    fn days_out_of_range_and_unknown_zones_are_refused() {
        for (zone, days) in [("UTC", 0), ("UTC", 32), ("Mars", 7)] {
            assert!(matches!(
                check(&caller(zone), OverviewQuery { days: Some(days) }),
                Err(ToolError::Invalid(_))
            ));
        }
    }
}
