//! Days of the calendar: by month and day, in digits, by their place in a month, by name.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Made, day, month_of, numbers_of, weekday_of, when_of};
use crate::clock::Clock;
use crate::grammar::chart::Source;
use crate::grammar::meaning::Value;
use crate::when::When;

pub(super) fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The next time that there is such a day, today included.
pub(super) fn next(month: i64, day: i64, clock: &Clock) -> Option<Date> {
    let year = i64::from(clock.today().year());
    (year..year + 9).filter_map(|year| date(year, month, day)).find(|date| *date >= clock.today())
}

fn full_year(year: i64) -> i64 {
    if year < 100 { 2000 + year } else { year }
}

fn nonexistent(source: &Source<'_>) -> Made {
    let words: Vec<&str> = source.atoms.iter().map(|atom| atom.text.as_str()).collect();
    let text =
        if source.atoms.iter().skip(1).all(|atom| atom.glued) { words.concat() } else { words.join(" ") };
    Some(Value::When(When { nonexistent: Some(text), ..When::default() }))
}

/// "5 March", "5 March 2027", "March 5th".
pub fn day_of_month(values: &[Value], source: &Source<'_>) -> Made {
    let month = i64::from(month_of(values)?);
    let (number, year) = match numbers_of(values)[..] {
        [day] => (day, None),
        [day, year] => (day, Some(full_year(year))),
        _ => return None,
    };
    if !(1..=31).contains(&number) {
        return None;
    }
    let found = match year {
        Some(year) => date(year, month, number),
        None => next(month, number, source.clock),
    };
    found.map_or_else(|| nonexistent(source), day)
}

/// "9 Mar 27": a year in two digits is one of the next twenty.
pub fn day_of_month_in_short(values: &[Value], source: &Source<'_>) -> Made {
    let year = *numbers_of(values).get(1)?;
    let this_year = i64::from(source.clock.today().year());
    let is_near = source.atoms.last().is_some_and(|atom| atom.text.len() == 2)
        && (this_year..this_year + 20).contains(&full_year(year));
    is_near.then(|| day_of_month(values, source)).flatten()
}

/// "twenty-first"
pub fn tens_and_one(values: &[Value], _: &Source<'_>) -> Made {
    match numbers_of(values)[..] {
        [tens @ (20 | 30), one @ 1..=9] => Some(Value::Number(tens + one)),
        _ => None,
    }
}

/// "from the 12th to the 19th of May": the first day.
pub fn days_of_month(values: &[Value], source: &Source<'_>) -> Made {
    match numbers_of(values)[..] {
        [from, to] if from < to && to <= 31 => {
            let from = next(i64::from(month_of(values)?), from, source.clock)?;
            day(from)
        }
        _ => None,
    }
}

/// "2027-03-05"
pub fn iso(values: &[Value], source: &Source<'_>) -> Made {
    match numbers_of(values)[..] {
        [year, month, number] if (1_000..10_000).contains(&year) => {
            date(year, month, number).map_or_else(|| nonexistent(source), day)
        }
        _ => None,
    }
}

/// "24.12.", "24.12.2027": the day first. Without its last dot or a year it counts only where words lead into it.
pub fn dotted(values: &[Value], source: &Source<'_>) -> Made {
    let numbers = numbers_of(values);
    if !has_year_digits(source) {
        return None;
    }
    match numbers[..] {
        [number, month] if (1..=31).contains(&number) && (1..=12).contains(&month) => {
            let when = match next(month, number, source.clock) {
                Some(date) => When::on_day(date),
                None => When { nonexistent: Some(source.text()), ..When::default() },
            };
            Some(Value::When(When { is_weak: true, ..when }))
        }
        [number, month, year] => day(date(full_year(year), month, number)?),
        _ => None,
    }
}

/// A year has two digits or four, a day and a month one or two.
fn has_year_digits(source: &Source<'_>) -> bool {
    let digits: Vec<usize> =
        source.atoms.iter().filter(|atom| atom.number.is_some()).map(|atom| atom.text.len()).collect();
    digits.iter().take(2).all(|digits| *digits <= 2)
        && digits.get(2).is_none_or(|digits| matches!(digits, 2 | 4))
}

/// "5/3", "31/12/2027", "22-12-27": the day or the month first, as the person's zone has it; where only one is a day, that.
pub fn slashed(values: &[Value], source: &Source<'_>) -> Made {
    if !has_year_digits(source) {
        return None;
    }
    let (a, b, year) = match numbers_of(values)[..] {
        [a, b] => (a, b, None),
        [a, b, year] => (a, b, Some(full_year(year))),
        _ => return None,
    };
    let read = |number: i64, month: i64| match year {
        Some(year) => date(year, month, number),
        None => next(month, number, source.clock),
    };
    let (usual, other) =
        if source.clock.month_first() { (read(b, a), read(a, b)) } else { (read(a, b), read(b, a)) };
    let both = usual.is_some() && other.is_some() && usual != other;
    let ambiguous = both.then(|| source.text());
    Some(Value::When(When { ambiguous, ..When::on_day(usual.or(other)?) }))
}

/// "the 15th": the next one after today.
pub fn day_number(values: &[Value], source: &Source<'_>) -> Made {
    let number = *numbers_of(values).first()?;
    let today = source.clock.today();
    let date = (0..14).find_map(|months| {
        let month = today.first_of_month().checked_add(i64::from(months).months()).ok()?;
        date(i64::from(month.year()), i64::from(month.month()), number).filter(|date| *date > today)
    })?;
    day(date)
}

/// "the 15th of next month"
pub fn day_of_period(values: &[Value], _: &Source<'_>) -> Made {
    let (first, before) = when_of(values)?.period?;
    let number = *numbers_of(values).first()?;
    let date = date(i64::from(first.year()), i64::from(first.month()), number)?;
    (date < before).then(|| day(date)).flatten()
}

/// "friday the 13th": the next day that is both. "Fri 4th" is a day of a month that is a Friday, or told not to be.
pub fn weekday_and_number(values: &[Value], source: &Source<'_>) -> Made {
    let weekday = weekday_of(values)?;
    let number = *numbers_of(values).first()?;
    let today = source.clock.today();
    (0..36)
        .find_map(|months| {
            let month = today.first_of_month().checked_add(i64::from(months).months()).ok()?;
            date(i64::from(month.year()), i64::from(month.month()), number)
                .filter(|date| *date >= today && date.weekday() == weekday)
        })
        .and_then(day)
}

/// "the first Monday of February", "the last Friday of the month": in the next such month that has it today or later.
pub fn nth_weekday(values: &[Value], source: &Source<'_>) -> Made {
    let number = *numbers_of(values).first()?;
    nth_weekday_in(values, source, number)
}

pub fn last_weekday_of(values: &[Value], source: &Source<'_>) -> Made {
    nth_weekday_in(values, source, -1)
}

fn nth_weekday_in(values: &[Value], source: &Source<'_>, number: i64) -> Made {
    let weekday = weekday_of(values)?;
    let nth = i8::try_from(number).ok().filter(|nth| (-1..=5).contains(nth) && *nth != 0)?;
    let today = source.clock.today();
    let (first, _) = when_of(values)?.period?;
    let years = first != today.first_of_month();
    (0..3)
        .find_map(|n| {
            let step = if years { (n * 12).months() } else { n.months() };
            let date = first.checked_add(step).ok()?.nth_weekday_of_month(nth, weekday).ok()?;
            (date >= today).then_some(date)
        })
        .and_then(day)
}

/// "the first monday": of this month, or of the next where that is past.
pub fn nth_weekday_coming(values: &[Value], source: &Source<'_>) -> Made {
    let nth = i8::try_from(*numbers_of(values).first()?).ok().filter(|nth| (1..=5).contains(nth))?;
    let weekday = weekday_of(values)?;
    let first = source.clock.today().first_of_month();
    (0..6)
        .find_map(|n: i64| {
            let date = first.checked_add(n.months()).ok()?.nth_weekday_of_month(nth, weekday).ok()?;
            (date >= source.clock.today()).then_some(date)
        })
        .and_then(day)
}

/// "7/12 - 9/12": the first of two days; the second is not before it.
pub fn first_of_days(values: &[Value], _: &Source<'_>) -> Made {
    let [Value::When(first), Value::When(last)] = values else { return None };
    let is_stretch = first.weekday.is_none() && first.period.is_none() && first.day? <= last.day?;
    is_stretch.then(|| Value::When(first.clone()))
}
