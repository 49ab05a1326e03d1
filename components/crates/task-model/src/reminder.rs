//! Reminders: when one is due, and how an input says which one is meant.

use jiff::Timestamp;
use uuid::Uuid;

use crate::due::{DueError, Moment, moment};
use crate::zone::Zone;

/// The most reminders of one task.
pub const MAX_REMINDERS: u32 = 20;
/// The longest before a task is due, in minutes: four weeks.
pub const MAX_BEFORE_DUE_MINUTES: u32 = 4 * 7 * 24 * 60;

/// Why a text says no instant to remind at.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InstantError {
    /// A day without a time.
    #[error("A reminder needs a time: a date and time with its offset such as 2026-11-22T18:00:00+01:00.")]
    Day,
    /// No time at all.
    #[error(transparent)]
    Due(#[from] DueError),
}

/// Reads the instant of a reminder. `zone` is only used to say what is missing.
///
/// # Errors
/// [`InstantError`] when the text is no date-time with an offset.
pub fn instant(text: &str, zone: &Zone) -> Result<Timestamp, InstantError> {
    match moment(text, zone)? {
        Moment::At(at) => Ok(at),
        Moment::Day(_) => Err(InstantError::Day),
    }
}

/// The number is out of range.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("It must be 0 to {MAX_BEFORE_DUE_MINUTES} minutes: at most four weeks.")]
pub struct MinutesError;

/// The minutes before a task is due, if they are in range.
///
/// # Errors
/// [`MinutesError`] for more than [`MAX_BEFORE_DUE_MINUTES`].
pub fn minutes(given: u32) -> Result<u32, MinutesError> {
    if given <= MAX_BEFORE_DUE_MINUTES { Ok(given) } else { Err(MinutesError) }
}

/// The text is no reminder's id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "This is not the id of a reminder: use one that list_reminders gave, such as 01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f."
)]
pub struct ReminderIdError;

/// Reads a reminder's id.
///
/// # Errors
/// [`ReminderIdError`] for anything but the hyphenated 36-character form.
pub fn id(text: &str) -> Result<Uuid, ReminderIdError> {
    crate::id::id(text).map_err(|_| ReminderIdError)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zone::zone;

    #[test]
    fn a_reminder_is_at_an_instant_and_never_on_a_day() {
        let berlin = zone("Europe/Berlin").unwrap();
        let at = instant("2026-11-22T18:00:00+01:00", &berlin).unwrap();
        assert_eq!(at.to_string(), "2026-11-22T17:00:00Z");
        assert_eq!(instant("2026-11-22", &berlin), Err(InstantError::Day));
        assert_eq!(instant("soon", &berlin), Err(InstantError::Due(DueError::Form)));
    }

    #[test]
    fn minutes_have_an_end() {
        assert_eq!(minutes(0), Ok(0));
        assert_eq!(minutes(40_320), Ok(40_320));
        assert_eq!(minutes(40_321), Err(MinutesError));
    }
}
