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
