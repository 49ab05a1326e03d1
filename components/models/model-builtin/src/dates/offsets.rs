//! Lengths of time, and moments counted from now or from a day: `in 3 days`, `in half an hour`, `a week from friday`.

use jiff::civil::Date;
use jiff::{RoundMode, ToSpan, Unit, Zoned, ZonedRound};

use super::numbers::number;
use super::{library, relative};
use crate::clock::Clock;
use crate::text::Word;

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Length {
    Minutes(u32),
    Days(u32),
    /// So many calendar months.
    Months(u32),
}

impl Length {
    /// The day that is this length after `day`; nothing for minutes.
    pub fn after(self, day: Date) -> Option<Date> {
        match self {
            Length::Minutes(_) => None,
            Length::Days(days) => library::day(&format!("{} days", days.min(9_999)), day),
            Length::Months(months) => library::day(&format!("{} months", months.min(9_999)), day),
        }
    }
}

/// A moment found in words.
pub enum Moment {
    /// A whole day.
    Day(Date),
    /// An instant, to the minute.
    Instant(Zoned),
}

/// The moment counted from now that the words begin with, and how many words it takes.
pub fn moment_at(words: &[Word], clock: &Clock) -> Option<(usize, Moment)> {
    let key = |at: usize| words.get(at).map_or("", |word| word.key.as_str());
    let led = usize::from(matches!(key(0), "in" | "within"));
    let (taken, length) = length_at(words.get(led..)?)?;
    let mut end = led + taken;
    if led == 1 {
        end += match (key(end), key(end + 1)) {
            ("time", _) => 1,
            ("from", "now" | "today") => 2,
            _ => 0,
        };
        return Some((end, from_now(length, clock)?));
    }
    match (key(end), key(end + 1)) {
        ("from", "now") | ("from", "today") => Some((end + 2, from_now(length, clock)?)),
        ("from" | "after" | "on", _) => {
            let day = relative::day_at(words.get(end + 1..)?, clock)?;
            Some((end + 1 + day.length, Moment::Day(length.after(day.date)?)))
        }
        _ => None,
    }
}

fn from_now(length: Length, clock: &Clock) -> Option<Moment> {
    match length {
        Length::Minutes(minutes) => {
            let to_the_minute = ZonedRound::new().smallest(Unit::Minute).mode(RoundMode::Trunc);
            let later = clock.now().checked_add(i64::from(minutes).minutes()).ok()?;
            later.round(to_the_minute).ok().map(Moment::Instant)
        }
        _ => length.after(clock.today()).map(Moment::Day),
    }
}

/// The length of time that the words begin with, and how many words it takes: `2 weeks`, `an hour and a half`, `3d`.
pub fn length_at(words: &[Word]) -> Option<(usize, Length)> {
    let key = |at: usize| words.get(at).map_or("", |word| word.key.as_str());
    match (key(0), key(1), key(2)) {
        ("half", "an" | "a", unit) => return half(unit).map(|length| (3, length)),
        ("half", unit, _) if half(unit).is_some() => return half(unit).map(|length| (2, length)),
        ("a" | "an" | "one", "hour", "and") if key(3) == "a" && key(4) == "half" => {
            return Some((5, Length::Minutes(90)));
        }
        ("a", "quarter", "of") if matches!(key(3), "an" | "a") && key(4) == "hour" => {
            return Some((5, Length::Minutes(15)));
        }
        ("fortnight", ..) => return Some((1, Length::Days(14))),
        _ => {}
    }
    // 3d, 2h, 45min
    let digits = key(0).trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if let (Some(count), Some(unit)) = (number(digits), key(0).strip_prefix(digits))
        && !unit.is_empty()
        && !digits.is_empty()
    {
        return to_length(count, unit).map(|length| (1, length));
    }
    let mut at = usize::from(key(0) == "another" || key(0) == "about");
    let count = match key(at) {
        "few" => 3,
        "a" if key(at + 1) == "couple" => {
            at += 1;
            2
        }
        "a" if key(at + 1) == "few" => {
            at += 1;
            3
        }
        word => number(word).or((at == 1).then_some(1))?,
    };
    at += usize::from(number(key(at)).is_some() || key(at) == "few");
    at += usize::from(key(at) == "of" || key(at) == "more");
    to_length(count, key(at)).map(|length| (at + 1, length))
}

fn to_length(count: u32, unit: &str) -> Option<Length> {
    Some(match unit {
        "m" | "minute" | "minutes" => Length::Minutes(count),
        "h" | "hour" | "hours" => Length::Minutes(count * 60),
        "d" | "day" | "days" => Length::Days(count),
        "w" | "week" | "weeks" => Length::Days(count * 7),
        "fortnight" | "fortnights" => Length::Days(count * 14),
        "month" | "months" => Length::Months(count),
        "y" | "year" | "years" => Length::Months(count * 12),
        _ => return None,
    })
}

fn half(unit: &str) -> Option<Length> {
    match unit {
        "hour" => Some(Length::Minutes(30)),
        "day" => Some(Length::Minutes(12 * 60)),
        _ => None,
    }
}
