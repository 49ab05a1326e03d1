//! Times of the clock.

use jiff::tz::TimeZone;

use super::{Made, clock, numbers_of, when_of};
use crate::grammar::chart::Source;
use crate::grammar::meaning::{PartOfDay, Time, Value};
use crate::when::When;

fn nonexistent(text: String) -> Made {
    Some(Value::When(When { nonexistent: Some(text), ..When::default() }))
}

/// "18:30", "6:30": without am or pm, an hour up to 12 could be either, unless it is written with a zero.
pub fn hour_and_minute(values: &[Value], source: &Source<'_>) -> Made {
    let [hour, minute] = numbers_of(values)[..] else { return None };
    let digits = |at: usize| {
        source.atoms.iter().filter(|atom| atom.number.is_some()).nth(at).map_or(0, |atom| atom.text.len())
    };
    if digits(0) > 2 || digits(1) != 2 {
        return None;
    }
    let is_padded = source.text().starts_with('0');
    match Time::new(hour, minute, is_padded) {
        Some(time) => Some(clock(time)),
        None => nonexistent(source.text()),
    }
}

/// "17.30": a number as often, so it counts only where words lead into it.
pub fn dotted_time(values: &[Value], source: &Source<'_>) -> Made {
    let Some(Value::When(when)) = hour_and_minute(values, source) else { return None };
    when.time.map(|_| Value::When(When { is_weak: true, ..when }))
}

/// "17h30", "17h", "17 Uhr": by the clock of 24 hours.
pub fn exact_hour(values: &[Value], source: &Source<'_>) -> Made {
    match numbers_of(values)[..] {
        // "2h" is how long it takes, unless words lead into it.
        [0..=5] if source.atoms.first().is_some_and(|atom| atom.number.is_some()) => None,
        [hour] => Time::new(hour, 0, true).map(clock),
        [hour, minute] => Time::new(hour, minute, true).map(clock),
        _ => None,
    }
}

/// "0600hrs"
pub fn military(values: &[Value], source: &Source<'_>) -> Made {
    let [digits] = numbers_of(values)[..] else { return None };
    let is_whole = source.atoms.iter().any(|atom| atom.number.is_some() && atom.text.len() == 4);
    is_whole.then(|| Time::new(digits / 100, digits % 100, true).map(clock)).flatten()
}

/// "0915 hours": with a space, only what is written with a zero is no length.
pub fn padded_military(values: &[Value], source: &Source<'_>) -> Made {
    source.text().starts_with('0').then(|| military(values, source)).flatten()
}

pub fn before_noon(values: &[Value], _: &Source<'_>) -> Made {
    half_of_day(values, 0)
}

pub fn after_noon(values: &[Value], _: &Source<'_>) -> Made {
    half_of_day(values, 12)
}

fn half_of_day(values: &[Value], later: i64) -> Made {
    let numbers = numbers_of(values);
    let hour = *numbers.first()?;
    let minute = numbers.get(1).copied().unwrap_or(0);
    if hour == 0 || hour > 12 {
        return (later == 12 && (13..24).contains(&hour))
            .then(|| Time::new(hour, minute, true).map(clock))
            .flatten();
    }
    Time::new(hour % 12 + later, minute, true).map(clock)
}

/// An hour that words lead into: "at 6".
pub fn bare_hour(values: &[Value], source: &Source<'_>) -> Made {
    let hour = *numbers_of(values).first()?;
    let is_short = source.atoms.first().is_some_and(|atom| atom.number.is_none() || atom.text.len() <= 2);
    let is_padded = source.text().starts_with('0');
    let is_article = source.atoms.first().is_some_and(|atom| matches!(atom.text.as_str(), "a" | "an"));
    (is_short && !is_article).then(|| Time::new(hour, 0, is_padded).map(clock)).flatten()
}

/// "6 o'clock"
pub fn full_hour(values: &[Value], _: &Source<'_>) -> Made {
    Time::new(*numbers_of(values).first()?, 0, false).map(clock)
}

pub fn half_past(values: &[Value], _: &Source<'_>) -> Made {
    spoken(*numbers_of(values).first()?, 30)
}

pub fn quarter_past(values: &[Value], _: &Source<'_>) -> Made {
    spoken(*numbers_of(values).first()?, 15)
}

pub fn quarter_to(values: &[Value], _: &Source<'_>) -> Made {
    spoken(*numbers_of(values).first()?, -15)
}

pub fn minutes_past(values: &[Value], _: &Source<'_>) -> Made {
    match numbers_of(values)[..] {
        [minutes, hour] => spoken(hour, minutes),
        _ => None,
    }
}

pub fn minutes_to(values: &[Value], source: &Source<'_>) -> Made {
    match numbers_of(values)[..] {
        // "2 to 4" is a range.
        [minutes, hour] if matches!(minutes, 5 | 10 | 15 | 20 | 25) || source.atoms.len() > 3 => {
            spoken(hour, -minutes)
        }
        _ => None,
    }
}

fn spoken(hour: i64, minutes: i64) -> Made {
    if !(1..=12).contains(&hour) || !(-30..60).contains(&minutes) || minutes == 0 {
        return None;
    }
    let (hour, minute) = if minutes < 0 { ((hour + 10) % 12 + 1, 60 + minutes) } else { (hour, minutes) };
    Time::new(hour, minute, false).map(clock)
}

/// "four thirty": two numbers in words.
pub fn spoken_digits(values: &[Value], source: &Source<'_>) -> Made {
    spoken_time(values, source).map(clock)
}

fn spoken_time(values: &[Value], source: &Source<'_>) -> Option<Time> {
    match numbers_of(values)[..] {
        [hour, minutes] if (1..=12).contains(&hour) && (10..60).contains(&minutes) => {
            let in_words = source.atoms.iter().all(|atom| atom.number.is_none());
            in_words.then(|| Time::new(hour, minutes, false)).flatten()
        }
        _ => None,
    }
}

fn spoken_in(values: &[Value], source: &Source<'_>, part: PartOfDay) -> Made {
    Some(clock(Time::Exact(spoken_time(values, source)?.resolve(Some(part))?)))
}

pub fn spoken_before_noon(values: &[Value], source: &Source<'_>) -> Made {
    spoken_in(values, source, PartOfDay::Morning)
}

pub fn spoken_after_noon(values: &[Value], source: &Source<'_>) -> Made {
    spoken_in(values, source, PartOfDay::Afternoon)
}

/// "at 9 PST"
pub fn hour_in_zone(values: &[Value], source: &Source<'_>) -> Made {
    let Value::When(when) = bare_hour(values, source)? else { return None };
    in_zone(&[Value::When(when)], source)
}

/// The first of two times. One without am or pm is on the same side of noon as the second, unless that would be later.
pub fn range(values: &[Value], _: &Source<'_>) -> Made {
    let first = when_of(values)?;
    let last = values.iter().rev().find_map(|value| match value {
        Value::When(when) => Some(when.clone()),
        _ => None,
    })?;
    let time = |when: &When| when.time.and_then(|time| time.resolve(None));
    match (first.time?, last.time?) {
        (Time::Either(from), Time::Exact(to)) => {
            let later = from.wrapping_add(jiff::ToSpan::hours(12));
            let fits = from.hour() < 12 && later < to;
            let exact =
                if fits || (from.hour() == 12 && from < to) { if fits { later } else { from } } else { from };
            Some(clock(Time::Exact(exact)))
        }
        (start, _) => {
            time(&first)?;
            Some(Value::When(When { time: Some(start), ..first }))
        }
    }
}

/// "9:30-11": the second is a number.
pub fn range_to_hour(values: &[Value], _: &Source<'_>) -> Made {
    let [first, Value::Number(0..=24)] = values else { return None };
    Some(first.clone())
}

/// "6-7pm", "from 2 to 4pm": the first is a number.
pub fn range_from_hour(values: &[Value], source: &Source<'_>) -> Made {
    let [Value::Number(hour), last] = values else { return None };
    if *hour > 23 {
        return None;
    }
    let exact = *hour == 0 || *hour > 12;
    range(&[clock(Time::new(*hour, 0, exact)?), last.clone()], source)
}

/// "from 2 to 4": both without am or pm.
pub fn range_of_hours(values: &[Value], _: &Source<'_>) -> Made {
    match numbers_of(values)[..] {
        [from, to] if from < 24 && to < 24 && from != to => Time::new(from, 0, false).map(clock),
        _ => None,
    }
}

/// "10:00:00"
pub fn full_time(values: &[Value], _: &Source<'_>) -> Made {
    match numbers_of(values)[..] {
        [hour, minute, second] if second < 60 => Time::new(hour, minute, true).map(clock),
        _ => None,
    }
}

const NOON: Time = Time::Exact(jiff::civil::Time::constant(12, 0, 0, 0));

/// Noon is a word of titles as well ("noon prayer").
pub fn weak_noon(_: &[Value], _: &Source<'_>) -> Made {
    Some(Value::When(When { time: Some(NOON), is_weak: true, ..When::default() }))
}

pub fn weak_midnight(_: &[Value], _: &Source<'_>) -> Made {
    Some(Value::When(When { time: Some(Time::Midnight), is_weak: true, ..When::default() }))
}

pub fn this_end_of_day(_: &[Value], source: &Source<'_>) -> Made {
    let part = Some(crate::grammar::PartOfDay::EndOfDay);
    Some(Value::When(When { part, ..When::on_day(source.clock.today()) }))
}

/// "eod tomorrow"
pub fn end_of_that_day(values: &[Value], _: &Source<'_>) -> Made {
    let part = Some(crate::grammar::PartOfDay::EndOfDay);
    Some(Value::When(When { part, ..when_of(values)? }))
}

/// A time by the clocks of a zone that is named after it.
pub fn in_zone(values: &[Value], source: &Source<'_>) -> Made {
    let when = when_of(values)?;
    let names: Vec<&str> = source.atoms.iter().map(|atom| atom.text.as_str()).collect();
    let zone = names.last().map(|last| {
        if *last == "time" { names.iter().rev().nth(1).copied().unwrap_or_default() } else { *last }
    })?;
    let name = match zone {
        "utc" | "gmt" | "z" => "UTC",
        "cet" | "cest" | "berlin" => "Europe/Berlin",
        "paris" => "Europe/Paris",
        "bst" | "london" | "uk" => "Europe/London",
        "eet" | "eest" => "Europe/Helsinki",
        "est" | "edt" | "et" | "eastern" | "york" => "America/New_York",
        "cst" | "cdt" | "central" | "chicago" => "America/Chicago",
        "mst" | "mdt" | "mountain" => "America/Denver",
        "pst" | "pdt" | "pt" | "pacific" | "la" => "America/Los_Angeles",
        "jst" | "tokyo" | "japan" => "Asia/Tokyo",
        "ist" | "india" => "Asia/Kolkata",
        "aest" | "aedt" | "sydney" => "Australia/Sydney",
        _ => return None,
    };
    Some(Value::When(When { zone: Some(TimeZone::get(name).ok()?), ..when }))
}
