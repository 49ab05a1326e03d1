//! Days by their place in a week, a month, a quarter or a year.

use jiff::civil::{Date, Weekday};

use super::{Made, day, length_of, numbers_of, period, when_of};
use crate::clock::Clock;
use crate::grammar::chart::Source;
use crate::grammar::meaning::Value;

fn with_period(values: &[Value], pick: impl Fn(Date, Date) -> Date) -> Made {
    let (from, before) = when_of(values)?.period?;
    day(pick(from, Clock::days_after(before, -1)))
}

/// The first day of a week, a month, a year.
pub fn start_of(values: &[Value], _: &Source<'_>) -> Made {
    with_period(values, |first, _| first)
}

/// The last day of a month or a year; of a week, its Friday.
pub fn end_of(values: &[Value], _: &Source<'_>) -> Made {
    with_period(
        values,
        |first, last| if Clock::days_after(first, 6) == last { Clock::days_after(first, 4) } else { last },
    )
}

/// "late next week": towards its end; a day is late as it is.
pub fn late_in(values: &[Value], source: &Source<'_>) -> Made {
    end_of(values, source).or_else(|| values.first().cloned())
}

/// "early december": its first day; a day is early as it is.
pub fn early_in(values: &[Value], source: &Source<'_>) -> Made {
    start_of(values, source).or_else(|| values.first().cloned())
}

/// "the 2nd to last day of the month"
pub fn day_before_end_of(values: &[Value], _: &Source<'_>) -> Made {
    let nth = *numbers_of(values).first()?;
    (2..=28).contains(&nth).then(|| with_period(values, |_, last| Clock::days_after(last, 1 - nth))).flatten()
}

fn workday_from(day: Date, step: i64) -> Date {
    let is_free = |day: &Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    (0..3).map(|days| Clock::days_after(day, days * step)).find(|day| !is_free(day)).unwrap_or(day)
}

pub fn first_workday_of(values: &[Value], _: &Source<'_>) -> Made {
    with_period(values, |first, _| workday_from(first, 1))
}

pub fn last_workday_of(values: &[Value], _: &Source<'_>) -> Made {
    with_period(values, |_, last| workday_from(last, -1))
}

/// "the first week of december": from its first day on, in sevens.
pub fn nth_week(values: &[Value], _: &Source<'_>) -> Made {
    let nth = *numbers_of(values).first().filter(|nth| (1..=4).contains(*nth))?;
    let (first, before) = when_of(values)?.period?;
    let from = Clock::days_after(first, 7 * (nth - 1));
    (Clock::days_after(from, 7) <= before).then(|| period(from, from, Clock::days_after(from, 7))).flatten()
}

pub fn last_week_of(values: &[Value], _: &Source<'_>) -> Made {
    let (_, before) = when_of(values)?.period?;
    period(Clock::days_after(before, -7), Clock::days_after(before, -7), before)
}

pub fn middle_of(values: &[Value], _: &Source<'_>) -> Made {
    with_period(values, |first, last| {
        let days = last.since(first).map_or(0, |span| span.get_days());
        Clock::days_after(
            first,
            match days {
                0..=7 => 2,
                8..=40 => 14,
                _ => 181,
            },
        )
    })
}

/// "the next 3 days", from today on.
pub fn next_length(values: &[Value], source: &Source<'_>) -> Made {
    let last = length_of(values)?.after(source.clock.today())?;
    period(last, source.clock.today(), Clock::days_after(last, 1))
}

/// "the last 3 days", up to today.
pub fn last_length(values: &[Value], source: &Source<'_>) -> Made {
    let first = length_of(values)?.reversed().after(source.clock.today())?;
    period(first, first, Clock::days_after(source.clock.today(), 1))
}

pub fn end_of_this_month(_: &[Value], source: &Source<'_>) -> Made {
    day(source.clock.today().last_of_month())
}

pub fn end_of_this_year(_: &[Value], source: &Source<'_>) -> Made {
    day(source.clock.today().last_of_year())
}

/// "the week of 6 october": its Monday.
pub fn week_of(values: &[Value], _: &Source<'_>) -> Made {
    let monday = Clock::monday(when_of(values)?.day?);
    period(monday, monday, Clock::days_after(monday, 7))
}

pub fn next_quarter(_: &[Value], source: &Source<'_>) -> Made {
    let Value::When(when) = end_of_quarter(&[], source)? else { return None };
    let first = Clock::days_after(when.day?, 1);
    let last = Date::new(first.year(), first.month() + 2, 1).ok()?.last_of_month();
    period(first, first, Clock::days_after(last, 1))
}

/// The last day of the quarter that is now.
pub fn end_of_quarter(_: &[Value], source: &Source<'_>) -> Made {
    let today = source.clock.today();
    let month = (today.month() - 1) / 3 * 3 + 3;
    day(Date::new(today.year(), month, 1).ok()?.last_of_month())
}
