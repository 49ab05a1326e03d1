//! Repetitions, and when they are first due.

use jiff::civil::Weekday;

use super::{Made, numbers_of, unit_of, weekday_of, when_of};
use crate::grammar::chart::Source;
use crate::grammar::meaning::{PartOfDay, Unit, Value};
use crate::recurrence::{Frequency, Recurrence};
use crate::when::When;

const WORKDAYS: [Weekday; 5] =
    [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

fn every(recurrence: Recurrence) -> Made {
    Some(Value::Every(recurrence, When::default()))
}

fn repeat_units(interval: i64, unit: Unit) -> Made {
    let (interval, frequency) = match unit {
        Unit::Minute => return None,
        Unit::Hour => (interval, Frequency::Hourly),
        Unit::Day => (interval, Frequency::Daily),
        Unit::Workday => return workdays(interval),
        Unit::Week => (interval, Frequency::Weekly),
        Unit::Month => (interval, Frequency::Monthly),
        Unit::Year => (interval, Frequency::Yearly),
    };
    (1..=999)
        .contains(&interval)
        .then(|| Value::Every(Recurrence::every(interval, frequency), When::default()))
}

fn workdays(interval: i64) -> Made {
    let days = WORKDAYS.iter().map(|weekday| (0, *weekday)).collect();
    every(Recurrence { interval: interval.max(1), ..Recurrence::on(days) })
}

/// "every 3 days", "every day"
pub fn every_unit(values: &[Value], _: &Source<'_>) -> Made {
    repeat_units(numbers_of(values).first().copied().unwrap_or(1), unit_of(values)?)
}

/// "every other day"
pub fn every_other(values: &[Value], _: &Source<'_>) -> Made {
    repeat_units(2, unit_of(values)?)
}

pub fn hourly(_: &[Value], _: &Source<'_>) -> Made {
    repeat_units(1, Unit::Hour)
}

pub fn daily(_: &[Value], _: &Source<'_>) -> Made {
    repeat_units(1, Unit::Day)
}

pub fn weekly(_: &[Value], _: &Source<'_>) -> Made {
    repeat_units(1, Unit::Week)
}

pub fn fortnightly(_: &[Value], _: &Source<'_>) -> Made {
    repeat_units(2, Unit::Week)
}

pub fn monthly(_: &[Value], _: &Source<'_>) -> Made {
    repeat_units(1, Unit::Month)
}

pub fn quarterly(_: &[Value], _: &Source<'_>) -> Made {
    repeat_units(3, Unit::Month)
}

pub fn yearly(_: &[Value], _: &Source<'_>) -> Made {
    repeat_units(1, Unit::Year)
}

pub fn every_workday(_: &[Value], _: &Source<'_>) -> Made {
    workdays(1)
}

pub fn every_weekend(_: &[Value], _: &Source<'_>) -> Made {
    every(Recurrence::on(vec![(0, Weekday::Saturday), (0, Weekday::Sunday)]))
}

/// "every mon, wed and fri"
pub fn every_weekday(values: &[Value], _: &Source<'_>) -> Made {
    let days: Vec<(i8, Weekday)> = values
        .iter()
        .filter_map(|value| weekday_of(std::slice::from_ref(value)))
        .map(|day| (0, day))
        .collect();
    (!days.is_empty()).then(|| Value::Every(Recurrence::on(days), When::default()))
}

fn all_but(values: &[Value], days: &[Weekday]) -> Made {
    let left_out = weekday_of(values)?;
    every(Recurrence::on(days.iter().filter(|day| **day != left_out).map(|day| (0, *day)).collect()))
}

/// "every day except sunday"
pub fn every_day_but(values: &[Value], _: &Source<'_>) -> Made {
    all_but(values, &[&WORKDAYS[..], &[Weekday::Saturday, Weekday::Sunday]].concat())
}

pub fn every_workday_but(values: &[Value], _: &Source<'_>) -> Made {
    all_but(values, &WORKDAYS)
}

/// "every other monday", "every second friday"
pub fn every_other_weekday(values: &[Value], _: &Source<'_>) -> Made {
    let days = vec![(0, weekday_of(values)?)];
    every(Recurrence { interval: 2, ..Recurrence::on(days) })
}

/// "monday to friday": from one day of the week to another.
pub fn weekdays_between(values: &[Value], _: &Source<'_>) -> Made {
    let days: Vec<Weekday> =
        values.iter().filter_map(|value| weekday_of(std::slice::from_ref(value))).collect();
    let [from, to] = days[..] else { return None };
    let (from, to) = (from.to_monday_zero_offset(), to.to_monday_zero_offset());
    if from >= to {
        return None;
    }
    let days: Option<Vec<(i8, Weekday)>> =
        (from..=to).map(|day| Some((0, Weekday::from_monday_zero_offset(day).ok()?))).collect();
    every(Recurrence::on(days?))
}

/// "3 times a week"
pub fn times_per(values: &[Value], _: &Source<'_>) -> Made {
    per(*numbers_of(values).first()?, values)
}

pub fn once_per(values: &[Value], _: &Source<'_>) -> Made {
    repeat_units(1, unit_of(values)?)
}

pub fn twice_per(values: &[Value], _: &Source<'_>) -> Made {
    per(2, values)
}

fn per(times: i64, values: &[Value]) -> Made {
    let Value::Every(recurrence, when) = repeat_units(1, unit_of(values)?)? else { return None };
    (1..=50).contains(&times).then(|| Value::Every(Recurrence { times: Some(times), ..recurrence }, when))
}

/// "the last friday of every month", "every first monday of the month"
pub fn nth_weekday_monthly(values: &[Value], _: &Source<'_>) -> Made {
    let nth = i8::try_from(*numbers_of(values).first()?).ok().filter(|nth| (1..=5).contains(nth))?;
    every(Recurrence {
        weekdays: vec![(nth, weekday_of(values)?)],
        ..Recurrence::every(1, Frequency::Monthly)
    })
}

pub fn last_weekday_monthly(values: &[Value], _: &Source<'_>) -> Made {
    every(Recurrence {
        weekdays: vec![(-1, weekday_of(values)?)],
        ..Recurrence::every(1, Frequency::Monthly)
    })
}

/// "the 1st of every month", "every 1st and 15th"
pub fn day_monthly(values: &[Value], _: &Source<'_>) -> Made {
    let day = |day: i64| i8::try_from(day).ok().filter(|day| (1..=31).contains(day));
    let month_days: Vec<i8> = numbers_of(values).into_iter().map(day).collect::<Option<_>>()?;
    every(Recurrence { month_days, ..Recurrence::every(1, Frequency::Monthly) })
}

pub fn last_day_monthly(_: &[Value], _: &Source<'_>) -> Made {
    every(Recurrence { month_days: vec![-1], ..Recurrence::every(1, Frequency::Monthly) })
}

/// "every 5 march"
pub fn every_date(values: &[Value], _: &Source<'_>) -> Made {
    let when = when_of(values)?;
    when.day?;
    Some(Value::Every(Recurrence::every(1, Frequency::Yearly), when))
}

/// "every morning": a day with its part.
pub fn every_part(values: &[Value], _: &Source<'_>) -> Made {
    let part = when_of(values)?.part?;
    let part = if part == PartOfDay::Night { PartOfDay::Evening } else { part };
    Some(Value::Every(Recurrence::every(1, Frequency::Daily), When { part: Some(part), ..When::default() }))
}
