//! Days with a name.

use jiff::civil::{Date, Weekday};

use super::dates::{date, next};
use super::{Made, day, numbers_of};
use crate::clock::Clock;
use crate::grammar::chart::Source;
use crate::grammar::meaning::Value;

pub fn christmas(_: &[Value], source: &Source<'_>) -> Made {
    day(next(12, 25, source.clock)?)
}

pub fn christmas_eve(_: &[Value], source: &Source<'_>) -> Made {
    day(next(12, 24, source.clock)?)
}

pub fn boxing_day(_: &[Value], source: &Source<'_>) -> Made {
    day(next(12, 26, source.clock)?)
}

pub fn new_year(_: &[Value], source: &Source<'_>) -> Made {
    day(next(1, 1, source.clock)?)
}

pub fn new_years_eve(_: &[Value], source: &Source<'_>) -> Made {
    day(next(12, 31, source.clock)?)
}

pub fn halloween(_: &[Value], source: &Source<'_>) -> Made {
    day(next(10, 31, source.clock)?)
}

pub fn valentines_day(_: &[Value], source: &Source<'_>) -> Made {
    day(next(2, 14, source.clock)?)
}

pub fn good_friday(_: &[Value], source: &Source<'_>) -> Made {
    near_easter(-2, source.clock)
}

pub fn easter(_: &[Value], source: &Source<'_>) -> Made {
    near_easter(0, source.clock)
}

pub fn easter_monday(_: &[Value], source: &Source<'_>) -> Made {
    near_easter(1, source.clock)
}

/// By the rule of the Gregorian calendar, written as Gauss did.
fn near_easter(days: i64, clock: &Clock) -> Made {
    let year = i64::from(clock.today().year());
    (year..year + 2)
        .find_map(|year| {
            let (century, golden) = (year / 100, year % 19);
            let moon =
                (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
            let weekday = (32 + 2 * (century % 4) + 2 * (year % 100 / 4) - moon - year % 4) % 7;
            let shift = (golden + 11 * moon + 22 * weekday) / 451;
            let sum = moon + weekday - 7 * shift + 114;
            let sunday = date(year, sum / 31, sum % 31 + 1)?;
            Some(Clock::days_after(sunday, days)).filter(|date| *date >= clock.today())
        })
        .and_then(day)
}

fn coming(source: &Source<'_>, of_year: impl Fn(i16) -> Option<Date>) -> Made {
    let year = source.clock.today().year();
    [year, year + 1]
        .into_iter()
        .find_map(|year| of_year(year).filter(|date| *date >= source.clock.today()))
        .and_then(day)
}

/// The fourth Thursday of November.
fn fourth_thursday(year: i16) -> Option<Date> {
    Date::new(year, 11, 1).ok()?.nth_weekday_of_month(4, Weekday::Thursday).ok()
}

pub fn thanksgiving(_: &[Value], source: &Source<'_>) -> Made {
    coming(source, fourth_thursday)
}

/// The day after Thanksgiving.
pub fn black_friday(_: &[Value], source: &Source<'_>) -> Made {
    coming(source, |year| fourth_thursday(year).map(|date| Clock::days_after(date, 1)))
}

/// The Sundays of Advent are the four before Christmas.
pub fn advent_sunday(values: &[Value], source: &Source<'_>) -> Made {
    let nth = *numbers_of(values).first().filter(|nth| (1..=4).contains(*nth))?;
    coming(source, |year| {
        let eve = Date::new(year, 12, 24).ok()?;
        let fourth = Clock::days_after(eve, -i64::from(eve.weekday().to_sunday_zero_offset()));
        Some(Clock::days_after(fourth, 7 * (nth - 4)))
    })
}
