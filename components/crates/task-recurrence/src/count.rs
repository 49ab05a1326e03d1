//! Counts a rule on clocks without a zone, by the crate `rrule`: it is told that all is UTC.

use chrono::{Datelike, Month, TimeZone, Timelike};
use jiff::civil::{DateTime, Weekday};
use jiff::{Span, Unit};
use rrule::{NWeekday, RRule, RRuleSet, Tz, Unvalidated};

use crate::rule::{Frequency, Rule, RuleError};

/// Whether the library takes the rule, whatever its start.
pub(crate) fn check(rule: &Rule) -> Result<(), RuleError> {
    let start = DateTime::constant(2026, 1, 1, 0, 0, 0, 0);
    let times = to_chrono(start).and_then(|start| as_library(rule)?.validate(start).ok());
    times.map(|_| ()).ok_or(RuleError::Combination("a number is out of the range that FREQ has"))
}

/// The times of a rule from a start on, the start only if it is one of them. Ends of the rule are not looked at: a series knows
/// how far it has come. The library gives up a rule of which nothing comes.
pub(crate) fn times(rule: &Rule, start: DateTime) -> impl Iterator<Item = DateTime> {
    let times = to_chrono(start).and_then(|start| {
        let rule = as_library(rule)?.validate(start).ok()?;
        Some((&RRuleSet::new(start).limit().rrule(rule)).into_iter())
    });
    times.into_iter().flatten().map_while(|time| from_chrono(&time))
}

/// The last start of an interval that is no later than `until`: counted from there the rule goes on as from `start`, without
/// all that lies between.
pub(crate) fn forward(rule: &Rule, start: DateTime, until: DateTime) -> DateTime {
    let unit = match rule.frequency {
        Frequency::Minutely => Unit::Minute,
        Frequency::Hourly => Unit::Hour,
        Frequency::Daily => Unit::Day,
        Frequency::Weekly => Unit::Week,
        Frequency::Monthly => Unit::Month,
        Frequency::Yearly => Unit::Year,
    };
    // A day that not every month has is what a rule without days of its own means by its start. Nor may the day of the week
    // change where it is meant.
    let keeps_day = rule.names_days() && rule.weeks.is_empty();
    let is_long = rule.frequency >= Frequency::Monthly;
    if is_long && !keeps_day && (start.day() > 28 || !rule.weeks.is_empty()) {
        return start;
    }
    let moved = || {
        let passed = until.since((unit, start)).ok()?;
        let units = match unit {
            Unit::Minute => passed.get_minutes(),
            Unit::Hour => i64::from(passed.get_hours()),
            Unit::Day => i64::from(passed.get_days()),
            Unit::Week => i64::from(passed.get_weeks()),
            Unit::Month => i64::from(passed.get_months()),
            _ => i64::from(passed.get_years()),
        };
        let whole = units / i64::from(rule.interval) * i64::from(rule.interval);
        (whole > 0).then_some(())?;
        start.checked_add(span(rule.frequency, whole)?).ok()
    };
    moved().unwrap_or(start)
}

/// One interval of the rule, as a length of time.
pub(crate) fn interval(rule: &Rule) -> Option<Span> {
    span(rule.frequency, i64::from(rule.interval))
}

fn span(frequency: Frequency, units: i64) -> Option<Span> {
    let none = Span::new();
    match frequency {
        Frequency::Minutely => none.try_minutes(units),
        Frequency::Hourly => none.try_hours(units),
        Frequency::Daily => none.try_days(units),
        Frequency::Weekly => none.try_weeks(units),
        Frequency::Monthly => none.try_months(units),
        Frequency::Yearly => none.try_years(units),
    }
    .ok()
}

/// The rule in the library's form, without its end.
fn as_library(rule: &Rule) -> Option<RRule<Unvalidated>> {
    let frequency = match rule.frequency {
        Frequency::Minutely => rrule::Frequency::Minutely,
        Frequency::Hourly => rrule::Frequency::Hourly,
        Frequency::Daily => rrule::Frequency::Daily,
        Frequency::Weekly => rrule::Frequency::Weekly,
        Frequency::Monthly => rrule::Frequency::Monthly,
        Frequency::Yearly => rrule::Frequency::Yearly,
    };
    let months: Option<Vec<Month>> =
        rule.months.iter().map(|month| Month::try_from(u8::try_from(*month).ok()?).ok()).collect();
    let days = rule.weekdays.iter().map(|day| NWeekday::new(day.number, weekday(day.weekday))).collect();
    Some(
        RRule::new(frequency)
            .interval(rule.interval)
            .week_start(weekday(rule.week_start))
            .by_month(&months?)
            .by_week_no(numbers(&rule.weeks)?)
            .by_year_day(rule.year_days.clone())
            .by_month_day(numbers(&rule.month_days)?)
            .by_weekday(days)
            .by_hour(numbers(&rule.hours)?)
            .by_minute(numbers(&rule.minutes)?)
            .by_set_pos(numbers(&rule.positions)?),
    )
}

fn numbers<T: TryFrom<i16>>(numbers: &[i16]) -> Option<Vec<T>> {
    numbers.iter().map(|number| T::try_from(*number).ok()).collect()
}

fn weekday(weekday: Weekday) -> rrule::Weekday {
    match weekday {
        Weekday::Monday => rrule::Weekday::Mon,
        Weekday::Tuesday => rrule::Weekday::Tue,
        Weekday::Wednesday => rrule::Weekday::Wed,
        Weekday::Thursday => rrule::Weekday::Thu,
        Weekday::Friday => rrule::Weekday::Fri,
        Weekday::Saturday => rrule::Weekday::Sat,
        Weekday::Sunday => rrule::Weekday::Sun,
    }
}

fn to_chrono(time: DateTime) -> Option<chrono::DateTime<Tz>> {
    let (month, day) = (u32::try_from(time.month()).ok()?, u32::try_from(time.day()).ok()?);
    let (hour, minute) = (u32::try_from(time.hour()).ok()?, u32::try_from(time.minute()).ok()?);
    let second = u32::try_from(time.second()).ok()?;
    Tz::UTC.with_ymd_and_hms(time.year().into(), month, day, hour, minute, second).single()
}

fn from_chrono(time: &chrono::DateTime<Tz>) -> Option<DateTime> {
    let small = |number: u32| i8::try_from(number).ok();
    DateTime::new(
        time.year().try_into().ok()?,
        small(time.month())?,
        small(time.day())?,
        small(time.hour())?,
        small(time.minute())?,
        small(time.second())?,
        0,
    )
    .ok()
    .filter(|time| time.year() <= 9999)
}
