//! What productions make: the same for every language, whose tables say only in which words.

use jiff::civil::{Date, Weekday};

use super::chart::Source;
use super::meaning::{Length, PartOfDay, Time, Unit, Value};
use crate::when::When;

mod dates;
mod every;
mod holidays;
mod lengths;
mod periods;
mod times;
mod weeks;

pub use dates::*;
pub use every::*;
pub use holidays::*;
pub use lengths::*;
pub use periods::*;
pub use times::*;
pub use weeks::*;

type Made = Option<Value>;

fn day(date: Date) -> Made {
    Some(Value::When(When::on_day(date)))
}

/// Days from one up to another; a task is due on `due`.
fn period(due: Date, from: Date, before: Date) -> Made {
    Some(Value::When(When { period: Some((from, before)), ..When::on_day(due) }))
}

fn length_of(values: &[Value]) -> Option<Length> {
    values.iter().find_map(|value| match value {
        Value::Length(length) => Some(*length),
        _ => None,
    })
}

fn when_of(values: &[Value]) -> Option<When> {
    values.iter().find_map(|value| match value {
        Value::When(when) => Some(when.clone()),
        _ => None,
    })
}

pub fn weekday_of(values: &[Value]) -> Option<Weekday> {
    values.iter().find_map(|value| match value {
        Value::Weekday(weekday) => Some(*weekday),
        _ => None,
    })
}

fn month_of(values: &[Value]) -> Option<i8> {
    values.iter().find_map(|value| match value {
        Value::Month(month) => Some(*month),
        _ => None,
    })
}

pub fn numbers_of(values: &[Value]) -> Vec<i64> {
    let number = |value: &Value| match value {
        Value::Number(number) => Some(*number),
        _ => None,
    };
    values.iter().filter_map(number).collect()
}

pub fn unit_of(values: &[Value]) -> Option<Unit> {
    values.iter().find_map(|value| match value {
        Value::Unit(unit) => Some(*unit),
        _ => None,
    })
}

/// The words before count for nothing.
pub fn same(values: &[Value], _: &Source<'_>) -> Made {
    values.first().cloned()
}

/// Words that count for nothing.
pub fn nothing(_: &[Value], _: &Source<'_>) -> Made {
    Some(Value::Number(0))
}

macro_rules! constants {
    ($($name:ident = $value:expr;)*) => {$(
        pub fn $name(_: &[Value], _: &Source<'_>) -> Made {
            Some($value)
        }
    )*};
}

constants! {
    minute = Value::Unit(Unit::Minute);
    hour = Value::Unit(Unit::Hour);
    a_day = Value::Unit(Unit::Day);
    workday = Value::Unit(Unit::Workday);
    week = Value::Unit(Unit::Week);
    month = Value::Unit(Unit::Month);
    year = Value::Unit(Unit::Year);
    fortnight = Value::Length(Length::new(2, Unit::Week));
    quarter_of_an_hour = Value::Length(Length::new(15, Unit::Minute));
    three_quarters = Value::Length(Length::new(45, Unit::Minute));
    monday = Value::Weekday(Weekday::Monday);
    tuesday = Value::Weekday(Weekday::Tuesday);
    wednesday = Value::Weekday(Weekday::Wednesday);
    thursday = Value::Weekday(Weekday::Thursday);
    friday = Value::Weekday(Weekday::Friday);
    saturday = Value::Weekday(Weekday::Saturday);
    sunday = Value::Weekday(Weekday::Sunday);
    january = Value::Month(1);
    february = Value::Month(2);
    march = Value::Month(3);
    april = Value::Month(4);
    may = Value::Month(5);
    june = Value::Month(6);
    july = Value::Month(7);
    august = Value::Month(8);
    september = Value::Month(9);
    october = Value::Month(10);
    november = Value::Month(11);
    december = Value::Month(12);
    morning = part(PartOfDay::Morning);
    lunchtime = part(PartOfDay::Lunchtime);
    afternoon = part(PartOfDay::Afternoon);
    evening = part(PartOfDay::Evening);
    night = part(PartOfDay::Night);
    end_of_day = part(PartOfDay::EndOfDay);
}

fn part(part: PartOfDay) -> Value {
    Value::When(When { part: Some(part), ..When::default() })
}

fn clock(time: Time) -> Value {
    Value::When(When { time: Some(time), ..When::default() })
}

/// Today, with this part of it.
pub fn this_part(values: &[Value], source: &Source<'_>) -> Made {
    Some(Value::When(When { day: Some(source.clock.today()), ..when_of(values)? }))
}

pub fn tonight(_: &[Value], source: &Source<'_>) -> Made {
    Some(Value::When(When { part: Some(PartOfDay::Night), ..When::on_day(source.clock.today()) }))
}
