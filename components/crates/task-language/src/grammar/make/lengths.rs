//! Lengths of time, and moments that they lead to.

use jiff::{RoundMode, ToSpan, Unit as Rounding, ZonedRound};

use super::{Made, day, length_of, numbers_of, unit_of, when_of};
use crate::clock::Clock;
use crate::grammar::chart::Source;
use crate::grammar::meaning::{Length, Time, Unit, Value};
use crate::when::When;

pub fn count_of_units(values: &[Value], _: &Source<'_>) -> Made {
    Some(Value::Length(Length::new(*numbers_of(values).first()?, unit_of(values)?)))
}

pub fn one(values: &[Value], _: &Source<'_>) -> Made {
    Some(Value::Length(Length::new(1, unit_of(values)?)))
}

pub fn two(values: &[Value], _: &Source<'_>) -> Made {
    Some(Value::Length(Length::new(2, unit_of(values)?)))
}

pub fn three(values: &[Value], _: &Source<'_>) -> Made {
    Some(Value::Length(Length::new(3, unit_of(values)?)))
}

/// Half of a unit, beside so many whole ones.
pub fn and_a_half(values: &[Value], _: &Source<'_>) -> Made {
    let count = numbers_of(values).first().copied().unwrap_or(0);
    half_units(count * 2 + 1, unit_of(values)?)
}

/// "an hour and a half"
pub fn one_and_a_half(values: &[Value], _: &Source<'_>) -> Made {
    half_units(3, unit_of(values)?)
}

/// "1.5 hours"
pub fn decimal(values: &[Value], _: &Source<'_>) -> Made {
    let [whole, tenths] = numbers_of(values)[..] else { return None };
    (tenths == 5).then(|| half_units(whole * 2 + 1, unit_of(values)?)).flatten()
}

/// "3/4 of an hour", "1 1/2 hours": of an hour in quarters, of longer units in halves.
pub fn fraction(values: &[Value], _: &Source<'_>) -> Made {
    let (whole, part, of) = match numbers_of(values)[..] {
        [part, of] => (0, part, of),
        [whole, part, of] => (whole, part, of),
        _ => return None,
    };
    match unit_of(values)? {
        Unit::Hour if matches!(of, 2..=4) && part < of => {
            Some(Value::Length(Length::new(whole * 60 + part * 60 / of, Unit::Minute)))
        }
        unit if (part, of) == (1, 2) => half_units(whole * 2 + 1, unit),
        _ => None,
    }
}

/// "0.5h"
pub fn decimal_hours(values: &[Value], _: &Source<'_>) -> Made {
    let [whole, tenths] = numbers_of(values)[..] else { return None };
    (tenths == 5).then(|| half_units(whole * 2 + 1, Unit::Hour)).flatten()
}

fn half_units(halves: i64, unit: Unit) -> Made {
    Some(Value::Length(match unit {
        Unit::Minute => return None,
        Unit::Hour => Length::new(halves * 30, Unit::Minute),
        Unit::Day | Unit::Workday => Length::new(halves * 12, Unit::Hour),
        Unit::Week => Length::new((halves * 7).div_euclid(2), Unit::Day),
        Unit::Month => Length::new(halves.div_euclid(2), Unit::Month)
            .and(Length::new(halves.rem_euclid(2) * 15, Unit::Day)),
        Unit::Year => Length::new(halves * 6, Unit::Month),
    }))
}

pub fn sum(values: &[Value], _: &Source<'_>) -> Made {
    match values {
        [Value::Length(first), Value::Length(second)] => Some(Value::Length(first.and(*second))),
        _ => None,
    }
}

/// A length from now: a day, or for hours and minutes an instant.
pub fn from_now(values: &[Value], source: &Source<'_>) -> Made {
    let length = length_of(values)?;
    if !length.is_within_day() {
        return day(length.after(source.clock.today())?);
    }
    instant(source.clock.now().checked_add(length.span()).ok()?)
}

/// A length before now; a task is never due then.
pub fn ago(values: &[Value], source: &Source<'_>) -> Made {
    day(length_of(values)?.reversed().after(source.clock.today())?)
}

fn instant(at: jiff::Zoned) -> Made {
    let to_the_minute = ZonedRound::new().smallest(Rounding::Minute).mode(RoundMode::Trunc);
    Some(Value::When(When { instant: Some(at.round(to_the_minute).ok()?), ..When::default() }))
}

/// "this time next week", "this time tomorrow"
pub fn this_time(values: &[Value], source: &Source<'_>) -> Made {
    let when = when_of(values)?;
    let day = match when.period {
        Some((from, before)) if before.since(from).ok()?.get_days() == 7 => {
            Clock::days_after(source.clock.today(), 7)
        }
        _ => when.day?,
    };
    instant(source.clock.at(day.to_datetime(source.clock.now().time()))?)
}

pub fn after_day(values: &[Value], _: &Source<'_>) -> Made {
    let when = when_of(values)?;
    let length = length_of(values).unwrap_or(Length::new(1, Unit::Day));
    if length.is_within_day() {
        return None;
    }
    Some(Value::When(When { day: Some(length.after(when.day?)?), weekday: None, period: None, ..when }))
}

/// "a week on friday"
pub fn weeks_after_day(values: &[Value], source: &Source<'_>) -> Made {
    let length = length_of(values)?;
    (length.days > 0 && length.days % 7 == 0 && length.months == 0)
        .then(|| after_day(values, source))
        .flatten()
}

/// So much before a day. Where that is past, the next such day counts.
pub fn before_day(values: &[Value], source: &Source<'_>) -> Made {
    let when = when_of(values)?;
    let length = length_of(values).unwrap_or(Length::new(1, Unit::Day));
    if length.is_within_day() {
        return None;
    }
    let mut day = length.reversed().after(when.day?)?;
    if day < source.clock.today() {
        day = length.reversed().after(when.day?.checked_add(1.years()).ok()?)?;
    }
    Some(Value::When(When { day: Some(day), weekday: None, period: None, ..when }))
}

/// So much before a time of day.
pub fn before_time(values: &[Value], _: &Source<'_>) -> Made {
    moved_time(values, -1)
}

pub fn after_time(values: &[Value], _: &Source<'_>) -> Made {
    moved_time(values, 1)
}

fn moved_time(values: &[Value], direction: i64) -> Made {
    let length = length_of(values)?;
    let when = when_of(values)?;
    if !length.is_within_day() || length.days != 0 || length.months != 0 {
        return None;
    }
    let time = match when.time? {
        Time::Midnight => jiff::civil::Time::midnight(),
        time => time.resolve(when.part)?,
    };
    let moved = time.wrapping_add((length.minutes * direction).minutes());
    Some(Value::When(When { time: Some(Time::Exact(moved)), is_weak: false, ..when }))
}

macro_rules! counts {
    ($($name:ident $unit:ident;)*) => {$(
        pub fn $name(values: &[Value], _: &Source<'_>) -> Made {
            Some(Value::Length(Length::new(*numbers_of(values).first()?, Unit::$unit)))
        }
    )*};
}

counts! {
    minutes Minute;
    hours Hour;
    days Day;
    weeks Week;
    years Year;
}

/// "2h15m", "1h30"
pub fn hours_then_minutes(values: &[Value], _: &Source<'_>) -> Made {
    match numbers_of(values)[..] {
        [hours, minutes] if minutes < 60 => {
            Some(Value::Length(Length::new(hours * 60 + minutes, Unit::Minute)))
        }
        _ => None,
    }
}

pub fn from_now_workdays(values: &[Value], source: &Source<'_>) -> Made {
    day(Length::new(*numbers_of(values).first()?, Unit::Workday).after(source.clock.today())?)
}

/// The length of one unit that the words name, before or after a day.
fn named_unit(source: &Source<'_>) -> Length {
    let says = |name: &str| source.atoms.iter().take(3).any(|atom| atom.text == name);
    if says("week") {
        Length::new(1, Unit::Week)
    } else if says("month") {
        Length::new(1, Unit::Month)
    } else {
        Length::new(1, Unit::Day)
    }
}

/// "the week after friday"
pub fn unit_after_day(values: &[Value], source: &Source<'_>) -> Made {
    after_day(&[&[Value::Length(named_unit(source))], values].concat(), source)
}

/// "the day before christmas", "the evening before"
pub fn unit_before_day(values: &[Value], source: &Source<'_>) -> Made {
    before_day(&[&[Value::Length(named_unit(source))], values].concat(), source)
}
