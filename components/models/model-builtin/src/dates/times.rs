//! Times of day: `6pm`, `18:30`, `half past six`, `noon`, `eod`, and parts of the day.

use jiff::civil;

use super::library;
use super::numbers::number;
use crate::text::Word;

/// A time of day as it was said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Time {
    /// Exactly this.
    Exact(civil::Time),
    /// An hour from 1 to 12 without am or pm: a part of the day may settle it.
    Either(civil::Time),
    /// The midnight that ends the day.
    Midnight,
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Part {
    /// 09:00.
    Morning,
    /// 12:00.
    Lunchtime,
    /// 15:00.
    Afternoon,
    /// 17:00.
    EndOfDay,
    /// 18:00.
    Evening,
    /// 20:00.
    Night,
}

impl Part {
    /// The hour that it stands for when no time is said.
    pub fn hour(self) -> i8 {
        match self {
            Part::Morning => 9,
            Part::Lunchtime => 12,
            Part::Afternoon => 15,
            Part::EndOfDay => 17,
            Part::Evening => 18,
            Part::Night => 20,
        }
    }

    fn is_late(self) -> bool {
        !matches!(self, Part::Morning | Part::Lunchtime)
    }
}

impl Time {
    /// The time of day meant. Without am, pm or a part of the day, 1 to 7 are in the afternoon and evening, 8 to 12
    /// in the morning and at noon. `None` for the midnight that ends the day.
    pub fn resolve(self, part: Option<Part>) -> Option<civil::Time> {
        match self {
            Time::Exact(time) => Some(time),
            Time::Midnight => None,
            Time::Either(time) => {
                let late = part.map_or(time.hour() < 8, Part::is_late);
                let hour = if late && time.hour() < 12 { time.hour() + 12 } else { time.hour() };
                civil::Time::new(hour, time.minute(), 0, 0).ok()
            }
        }
    }
}

/// The time that the words begin with, and how many words it takes. `led` says that "at" or the like came before:
/// a bare number is a time only then.
pub fn time_at(words: &[Word], led: bool) -> Option<(usize, Time)> {
    let key = |at: usize| words.get(at).map_or("", |word| word.key.as_str());
    match (key(0), key(1)) {
        ("noon" | "midday", _) => return Some((1, exact(12, 0)?)),
        ("midnight", _) => return Some((1, Time::Midnight)),
        ("half", "past") => return spoken_hour(key(2), 30, 0).map(|time| (3, time)),
        ("quarter", "past" | "after") => return spoken_hour(key(2), 15, 0).map(|time| (3, time)),
        ("quarter", "to" | "before") => return spoken_hour(key(2), 45, -1).map(|time| (3, time)),
        ("a", "quarter") => return time_at(words.get(1..)?, led).map(|(length, time)| (length + 1, time)),
        _ => {}
    }
    if let Some(minutes) = number(key(0)).filter(|minutes| (1..30).contains(minutes)) {
        let minutes = i8::try_from(minutes).ok()?;
        match key(1) {
            "past" => return spoken_hour(key(2), minutes, 0).map(|time| (3, time)),
            "to" => return spoken_hour(key(2), 60 - minutes, -1).map(|time| (3, time)),
            _ => {}
        }
    }
    // 6 pm, 6:30 p.m.
    if let Some(half) = half_of_day(key(1))
        && let Some(time) = clock_time(&format!("{}{half}", key(0)))
    {
        return Some((2, time));
    }
    if matches!(key(1), "oclock") {
        let hour = number(key(0)).and_then(|hour| i8::try_from(hour).ok())?;
        return either(hour, 0).map(|time| (2, time));
    }
    if let Some(time) = clock_time(key(0)) {
        return Some((1, time));
    }
    if led { bare_hour(words).map(|time| (1, time)) } else { None }
}

/// The part of the day that the words begin with, and how many words it takes.
pub fn part_at(words: &[Word]) -> Option<(usize, Part)> {
    let key = |at: usize| words.get(at).map_or("", |word| word.key.as_str());
    match (key(0), key(1), key(2), key(3)) {
        ("eod" | "cob", ..) => Some((1, Part::EndOfDay)),
        ("end", "of", "day", _) => Some((3, Part::EndOfDay)),
        ("end", "of", "the", "day") => Some((4, Part::EndOfDay)),
        ("close", "of", "business", _) => Some((3, Part::EndOfDay)),
        ("first", "thing", ..) => Some((2, Part::Morning)),
        ("morning", ..) => Some((1, Part::Morning)),
        ("lunchtime" | "lunch", ..) => Some((1, Part::Lunchtime)),
        ("afternoon", ..) => Some((1, Part::Afternoon)),
        ("evening", ..) => Some((1, Part::Evening)),
        ("night", ..) => Some((1, Part::Night)),
        _ => None,
    }
}

/// `6pm`, `6.30pm`, `18:30`, `18h30`, `0600hrs`.
fn clock_time(key: &str) -> Option<Time> {
    let key = key.replace("a.m", "am").replace("p.m", "pm");
    let (digits, half) = match key.strip_suffix("pm").or_else(|| key.strip_suffix("am")) {
        Some(digits) => (digits, key.get(digits.len()..)?),
        None => (key.as_str(), ""),
    };
    let (hour, minute) = match digits.split_once([':', '.', 'h']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute.parse::<u8>().ok()?),
        Some((hour, "")) if digits.ends_with('h') => (hour, 0),
        None if !half.is_empty() => (digits, 0),
        _ => return None,
    };
    if !(1..=2).contains(&hour.len()) || !hour.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (padded, hour) = (hour.starts_with('0'), hour.parse::<u8>().ok()?);
    // 6.30 without am or pm is more often an amount than a time.
    let dotted = digits.contains('.') && half.is_empty();
    if minute > 59 || hour > 23 || dotted || (!half.is_empty() && !(1..=12).contains(&hour)) {
        return None;
    }
    if half.is_empty() {
        let time = library::time(&format!("{hour}:{minute:02}"))?;
        return Some(if padded || !(1..=12).contains(&hour) || digits.contains('h') {
            Time::Exact(time)
        } else {
            Time::Either(time)
        });
    }
    library::time(&format!("{hour}.{minute:02}{half}")).map(Time::Exact)
}

/// "at 6", when nothing follows that the number could count.
fn bare_hour(words: &[Word]) -> Option<Time> {
    let word = words.first()?;
    let hour = number(&word.key).filter(|_| !word.is(&["a", "an"]))?;
    let alone = !word.trail.is_empty()
        || words.get(1).is_none_or(|next| {
            next.is(&[
                "on",
                "in",
                "to",
                "and",
                "today",
                "tomorrow",
                "tonight",
                "this",
                "next",
                "monday",
                "tuesday",
                "wednesday",
                "thursday",
                "friday",
                "saturday",
                "sunday",
                "for",
                "about",
                "with",
                "sharp",
                "every",
            ]) || next.key.starts_with('#')
        });
    if !alone || hour > 23 {
        return None;
    }
    either(i8::try_from(hour).ok()?, 0)
}

fn spoken_hour(key: &str, minute: i8, hours: i8) -> Option<Time> {
    let hour = number(key).filter(|hour| (1..=12).contains(hour))?;
    let hour = i8::try_from(hour).ok()? + hours;
    either(if hour == 0 { 12 } else { hour }, minute)
}

fn either(hour: i8, minute: i8) -> Option<Time> {
    let time = civil::Time::new(hour, minute, 0, 0).ok()?;
    Some(if (1..=12).contains(&hour) { Time::Either(time) } else { Time::Exact(time) })
}

fn exact(hour: i8, minute: i8) -> Option<Time> {
    civil::Time::new(hour, minute, 0, 0).ok().map(Time::Exact)
}

fn half_of_day(key: &str) -> Option<&'static str> {
    match key {
        "am" | "a.m" => Some("am"),
        "pm" | "p.m" => Some("pm"),
        _ => None,
    }
}
