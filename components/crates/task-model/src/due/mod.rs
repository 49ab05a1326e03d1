//! When a task is due: on a whole day, or at an instant, meant in a time zone.
//!
//! The text forms are those of RFC 3339: full-date and date-time. The offset of a date-time decides the instant;
//! the time zone only says how it is shown and which day it belongs to. So a time that a zone skips or has twice
//! (a change to or from summer time) is never in doubt.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use crate::zone::Zone;

/// The last instant that a task can be due by: what is not due comes after it.
pub const LAST_DUE: Timestamp = Timestamp::MAX;

/// A day, or an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A whole day.
    Day(Date),
    /// An instant, to the microsecond.
    At(Timestamp),
}

/// When a task is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The day or the instant.
    pub moment: Moment,
    /// The time zone it is meant in, as IANA writes it.
    pub zone: String,
    /// For an instant: the zone's offset from UTC then, in seconds, whole minutes (RFC 3339 tells no finer ones).
    pub offset: Option<i32>,
    /// The last instant at which the task is not overdue.
    pub by: Timestamp,
}

/// Why a text says no time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DueError {
    /// Neither of the two forms.
    #[error(
        "Neither a date such as 2026-11-22 nor a date and time with its offset such as 2026-11-22T18:00:00+01:00."
    )]
    Form,
    /// A date-time without an offset; what it would be in the zone.
    #[error("The offset from UTC is missing: in {zone} this would be {complete}.")]
    Offset {
        /// The zone it was meant in.
        zone: String,
        /// The date-time with that zone's offset.
        complete: String,
    },
    /// The right form, but no such day or time.
    #[error("There is no such day or time in the calendar.")]
    Calendar,
    /// Outside of the years that can be stored.
    #[error("The year must be 1970 to 9999.")]
    Range,
}

/// Reads a day or an instant. `zone` is only used to say what is missing.
///
/// # Errors
/// [`DueError`] when the text is neither.
pub fn moment(text: &str, zone: &Zone) -> Result<Moment, DueError> {
    let text = text.trim();
    match form(text) {
        Some(Form::Date) => {
            let day: Date = text.parse().map_err(|_| DueError::Calendar)?;
            if day.year() < 1970 { Err(DueError::Range) } else { Ok(Moment::Day(day)) }
        }
        Some(Form::Local) => {
            let local: DateTime = text.parse().map_err(|_| DueError::Calendar)?;
            let at = zone.rules.to_timestamp(local).map_err(|_| DueError::Range)?;
            Err(DueError::Offset { zone: zone.name.clone(), complete: written(at, offset(at, zone)) })
        }
        Some(Form::Instant) => {
            let at: Timestamp = text.parse().map_err(|_| DueError::Calendar)?;
            let at = Timestamp::from_microsecond(at.as_microsecond()).map_err(|_| DueError::Range)?;
            if at < Timestamp::UNIX_EPOCH { Err(DueError::Range) } else { Ok(Moment::At(at)) }
        }
        None => Err(DueError::Form),
    }
}

/// Reads when a task is due, meant in `zone`.
///
/// # Errors
/// [`DueError`] when the text says no time.
pub fn due(text: &str, zone: &Zone) -> Result<Due, DueError> {
    let moment = moment(text, zone)?;
    let (by, offset) = match moment {
        Moment::Day(day) => (end_of(day, zone), None),
        Moment::At(at) => (at, Some(offset(at, zone))),
    };
    Ok(Due { moment, zone: zone.name.clone(), offset, by })
}

/// The first instant of the moment: that instant, or the start of the day in `zone`.
#[must_use]
pub fn start(moment: Moment, zone: &Zone) -> Timestamp {
    match moment {
        Moment::Day(day) => start_of(day, zone),
        Moment::At(at) => at,
    }
}

/// The first instant of a day in a zone.
#[must_use]
pub fn start_of(day: Date, zone: &Zone) -> Timestamp {
    day.to_zoned(zone.rules.clone()).map_or(Timestamp::MAX, |start| start.timestamp())
}

/// The last microsecond of a day in a zone.
#[must_use]
pub fn end_of(day: Date, zone: &Zone) -> Timestamp {
    let after = day.checked_add(1.day()).ok().and_then(|next| next.to_zoned(zone.rules.clone()).ok());
    let end = after.and_then(|start| start.timestamp().checked_sub(1.microsecond()).ok());
    // The last day of the calendar has no next one.
    end.unwrap_or(Timestamp::MAX)
}

/// An instant as RFC 3339 writes it, with an offset in seconds.
#[must_use]
pub fn written(at: Timestamp, offset: i32) -> String {
    let offset = Offset::from_seconds(offset).unwrap_or(Offset::UTC);
    at.display_with_offset(offset).to_string()
}

/// The zone's offset in seconds; UTC's where the zone's is no whole minute (Liberia until 1972).
fn offset(at: Timestamp, zone: &Zone) -> i32 {
    match zone.rules.to_offset(at).seconds() {
        seconds if seconds % 60 == 0 => seconds,
        _ => 0,
    }
}

enum Form {
    Date,
    Local,
    Instant,
}

/// The form by its characters alone, since the date library reads many more than the two of RFC 3339.
fn form(text: &str) -> Option<Form> {
    if matches_pattern(text.as_bytes(), b"0000-00-00") {
        return Some(Form::Date);
    }
    let (day_and_time, rest) = text.as_bytes().split_at_checked(19)?;
    if !matches_pattern(day_and_time, b"0000-00-00T00:00:00") {
        return None;
    }
    let rest = match rest.split_first() {
        Some((b'.', fraction)) => {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if !(1..=9).contains(&digits) {
                return None;
            }
            fraction.get(digits..)?
        }
        _ => rest,
    };
    match rest {
        [] => Some(Form::Local),
        [b'Z' | b'z'] => Some(Form::Instant),
        [b'+' | b'-', clock @ ..] if matches_pattern(clock, b"00:00") => Some(Form::Instant),
        _ => None,
    }
}

/// `0` stands for a digit, `T` for `T` or `t`, anything else for itself.
fn matches_pattern(text: &[u8], pattern: &[u8]) -> bool {
    text.len() == pattern.len()
        && text.iter().zip(pattern).all(|(byte, expected)| match expected {
            b'0' => byte.is_ascii_digit(),
            b'T' => byte.eq_ignore_ascii_case(&b'T'),
            other => byte == other,
        })
}

#[cfg(test)]
mod tests;
