//! Days by the week, the month and the year they are in.

use jiff::civil::{Date, Weekday};

use super::{Made, day, length_of, month_of, numbers_of, period, weekday_of, when_of};
use crate::clock::Clock;
use crate::grammar::chart::Source;
use crate::grammar::meaning::{Length, Unit, Value};
use crate::when::When;

pub fn today(_: &[Value], source: &Source<'_>) -> Made {
    day(source.clock.today())
}

pub fn tomorrow(_: &[Value], source: &Source<'_>) -> Made {
    day(Clock::days_after(source.clock.today(), 1))
}

pub fn day_after_tomorrow(_: &[Value], source: &Source<'_>) -> Made {
    day(Clock::days_after(source.clock.today(), 2))
}

pub fn yesterday(_: &[Value], source: &Source<'_>) -> Made {
    day(Clock::days_after(source.clock.today(), -1))
}

fn monday_of(source: &Source<'_>, weeks: i64) -> Date {
    Clock::days_after(Clock::monday(source.clock.today()), 7 * weeks)
}

/// The coming day of this name, never today.
pub fn coming_weekday(values: &[Value], source: &Source<'_>) -> Made {
    let weekday = weekday_of(values)?;
    let ahead = i64::from(source.clock.today().weekday().until(weekday));
    let date = Clock::days_after(source.clock.today(), if ahead == 0 { 7 } else { ahead });
    Some(Value::When(When { weekday: Some(weekday), ..When::on_day(date) }))
}

/// "this friday": today when it is one.
pub fn this_weekday(values: &[Value], source: &Source<'_>) -> Made {
    let ahead = source.clock.today().weekday().until(weekday_of(values)?);
    day(Clock::days_after(source.clock.today(), i64::from(ahead)))
}

pub fn last_weekday(values: &[Value], source: &Source<'_>) -> Made {
    let back = i64::from(source.clock.today().weekday().since(weekday_of(values)?));
    day(Clock::days_after(source.clock.today(), if back == 0 { -7 } else { -back }))
}

fn weekday_in(values: &[Value], source: &Source<'_>, weeks: i64) -> Made {
    let offset = weekday_of(values)?.to_monday_zero_offset();
    day(Clock::days_after(monday_of(source, weeks), i64::from(offset)))
}

pub fn weekday_of_this_week(values: &[Value], source: &Source<'_>) -> Made {
    weekday_in(values, source, 0)
}

pub fn weekday_of_next_week(values: &[Value], source: &Source<'_>) -> Made {
    weekday_in(values, source, 1)
}

pub fn weekday_after_next(values: &[Value], source: &Source<'_>) -> Made {
    weekday_in(values, source, 2)
}

/// "friday week": a week after the day.
pub fn week_later(values: &[Value], _: &Source<'_>) -> Made {
    let when = when_of(values)?;
    Some(Value::When(When { day: Some(Clock::days_after(when.day?, 7)), weekday: None, ..when }))
}

fn weeks(source: &Source<'_>, due: i64, week: i64) -> Made {
    let monday = monday_of(source, week);
    period(Clock::days_after(monday, due), monday, Clock::days_after(monday, 7))
}

pub fn this_week(_: &[Value], source: &Source<'_>) -> Made {
    weeks(source, 6, 0)
}

pub fn next_week(_: &[Value], source: &Source<'_>) -> Made {
    weeks(source, 0, 1)
}

pub fn week_after_next(_: &[Value], source: &Source<'_>) -> Made {
    weeks(source, 0, 2)
}

pub fn last_week(_: &[Value], source: &Source<'_>) -> Made {
    weeks(source, 0, -1)
}

/// Friday; on a weekend, Sunday.
pub fn end_of_week(_: &[Value], source: &Source<'_>) -> Made {
    let friday = Clock::days_after(monday_of(source, 0), 4);
    day(if friday < source.clock.today() { Clock::days_after(friday, 2) } else { friday })
}

fn weekend(source: &Source<'_>, week: i64) -> Made {
    let saturday = Clock::days_after(monday_of(source, week), 5);
    period(saturday.max(source.clock.today()), saturday, Clock::days_after(saturday, 2))
}

pub fn this_weekend(_: &[Value], source: &Source<'_>) -> Made {
    weekend(source, 0)
}

pub fn weekend_after_next(_: &[Value], source: &Source<'_>) -> Made {
    weekend(source, 2)
}

pub fn next_weekend(_: &[Value], source: &Source<'_>) -> Made {
    weekend(source, 1)
}

pub fn numbered_week(values: &[Value], source: &Source<'_>) -> Made {
    let week = i8::try_from(*numbers_of(values).first()?).ok()?;
    let today = source.clock.today();
    [today.year(), today.year() + 1].into_iter().find_map(|year| {
        let monday = jiff::civil::ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date();
        let before = Clock::days_after(monday, 7);
        (before > today).then(|| period(monday, monday, before)).flatten()
    })
}

/// Monday to Friday, from tomorrow on.
pub fn next_workday(_: &[Value], source: &Source<'_>) -> Made {
    day(Length::new(1, Unit::Workday).after(source.clock.today())?)
}

pub fn this_month(_: &[Value], source: &Source<'_>) -> Made {
    let today = source.clock.today();
    period(today.last_of_month(), today.first_of_month(), Clock::days_after(today.last_of_month(), 1))
}

pub fn next_month(_: &[Value], source: &Source<'_>) -> Made {
    let first = Clock::days_after(source.clock.today().last_of_month(), 1);
    period(first, first, Clock::days_after(first.last_of_month(), 1))
}

pub fn last_month(_: &[Value], source: &Source<'_>) -> Made {
    let first = Clock::days_after(source.clock.today().first_of_month(), -1).first_of_month();
    period(first, first, Clock::days_after(first.last_of_month(), 1))
}

pub fn this_year(_: &[Value], source: &Source<'_>) -> Made {
    year_from(source.clock.today().year(), true)
}

pub fn next_year(_: &[Value], source: &Source<'_>) -> Made {
    year_from(source.clock.today().year() + 1, false)
}

fn year_from(year: i16, ends: bool) -> Made {
    let first = Date::new(year, 1, 1).ok()?;
    let last = first.last_of_year();
    period(if ends { last } else { first }, first, Clock::days_after(last, 1))
}

/// The month of this name: the one that is now, or the next.
pub fn named_month(values: &[Value], source: &Source<'_>) -> Made {
    let today = source.clock.today();
    let month = month_of(values)?;
    let year = match numbers_of(values).last() {
        Some(year) => i16::try_from(*year).ok()?,
        None => today.year() + i16::from(month < today.month()),
    };
    let first = Date::new(year, month, 1).ok()?;
    let before = Clock::days_after(first.last_of_month(), 1);
    let when =
        When { is_weak: numbers_of(values).is_empty(), period: Some((first, before)), ..When::on_day(first) };
    Some(Value::When(when))
}

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

/// "the friday after christmas"
pub fn weekday_after(values: &[Value], _: &Source<'_>) -> Made {
    let date = when_of(values)?.day?;
    let ahead = i64::from(date.weekday().until(weekday_of(values)?));
    day(Clock::days_after(date, if ahead == 0 { 7 } else { ahead }))
}

pub fn weekday_before(values: &[Value], _: &Source<'_>) -> Made {
    let date = when_of(values)?.day?;
    let back = i64::from(date.weekday().since(weekday_of(values)?));
    day(Clock::days_after(date, if back == 0 { -7 } else { -back }))
}

/// "friday in two weeks": the day of that week.
pub fn weekday_in_length(values: &[Value], source: &Source<'_>) -> Made {
    let length = length_of(values).filter(|length| !length.is_within_day())?;
    let monday = Clock::monday(length.after(source.clock.today())?);
    day(Clock::days_after(monday, i64::from(weekday_of(values)?.to_monday_zero_offset())))
}

/// "tom 4pm"
pub fn tomorrow_at(values: &[Value], source: &Source<'_>) -> Made {
    Some(Value::When(When { day: Some(Clock::days_after(source.clock.today(), 1)), ..when_of(values)? }))
}

/// The last day of the quarter that is now.
pub fn end_of_quarter(_: &[Value], source: &Source<'_>) -> Made {
    let today = source.clock.today();
    let month = (today.month() - 1) / 3 * 3 + 3;
    day(Date::new(today.year(), month, 1).ok()?.last_of_month())
}
