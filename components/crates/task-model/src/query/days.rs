//! Days as a query names them.

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};

use super::Moment;
use crate::due;

/// From the first instant to the last one. None: without an end on that side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    /// The first instant that is meant.
    pub(super) from: Option<Timestamp>,
    /// The last one; without one also what is not due at all.
    pub(super) to: Option<Timestamp>,
}

/// The farthest that a number of days may reach.
const MAX_DAYS: i32 = 3660;

impl Moment<'_> {
    /// The day that it is.
    pub(super) fn today(self) -> Date {
        self.now.to_zoned(self.zone.rules.clone()).date()
    }

    /// The day of a word: `today`, `monday`, `2026-12-24`, `+3 days`, `3 days ago`.
    pub(super) fn day(self, word: &str) -> Option<Date> {
        let today = self.today();
        let ahead = |days: i32| today.checked_add(days.days()).ok();
        match word {
            "today" => return Some(today),
            "tomorrow" => return ahead(1),
            "yesterday" => return ahead(-1),
            _ => {}
        }
        if let Some(weekday) = weekday(word) {
            // The next one, today among them.
            return ahead(i32::from(today.weekday().until(weekday)));
        }
        if let Some(days) =
            word.strip_prefix('+').or_else(|| word.strip_prefix("in ")).and_then(number_of_days)
        {
            return ahead(days);
        }
        let ago = word.strip_suffix(" ago").or_else(|| word.strip_prefix('-'));
        if let Some(days) = ago.and_then(number_of_days) {
            return ahead(-days);
        }
        match due::moment(word, self.zone) {
            Ok(due::Moment::Day(day)) => Some(day),
            _ => None,
        }
    }

    /// All of a day, or of those up to another one.
    pub(super) fn days(self, first: Date, last: Date) -> Range {
        Range { from: Some(due::start_of(first, self.zone)), to: Some(due::end_of(last, self.zone)) }
    }
}

/// `3 days`, `1 day`.
pub(super) fn number_of_days(text: &str) -> Option<i32> {
    let number = text.strip_suffix(" days").or_else(|| text.strip_suffix(" day"))?;
    number.trim().parse().ok().filter(|number| (1..=MAX_DAYS).contains(number))
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mon" => Weekday::Monday,
        "tuesday" | "tue" => Weekday::Tuesday,
        "wednesday" | "wed" => Weekday::Wednesday,
        "thursday" | "thu" => Weekday::Thursday,
        "friday" | "fri" => Weekday::Friday,
        "saturday" | "sat" => Weekday::Saturday,
        "sunday" | "sun" => Weekday::Sunday,
        _ => return None,
    })
}
