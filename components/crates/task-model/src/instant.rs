//! Instants: microseconds inside, RFC 3339 date-times in UTC outside.

use jiff::{Timestamp, ToSpan};

use crate::types::Caller;

/// The instant that many microseconds after 1970-01-01T00:00:00Z; the nearest one that can be told when it is
/// out of range (years -9999 to 9999).
#[must_use]
pub fn at(microseconds: i64) -> Timestamp {
    let nearest = if microseconds < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_microsecond(microseconds).unwrap_or(nearest)
}

/// The caller's now.
#[must_use]
pub fn now(caller: &Caller) -> Timestamp {
    at(caller.now)
}

/// The instant as an RFC 3339 date-time in UTC, to the microsecond.
#[must_use]
pub fn text(instant: Timestamp) -> String {
    at(instant.as_microsecond()).to_string()
}

/// The last instant before this one that can be stored.
#[must_use]
pub fn just_before(instant: Timestamp) -> Timestamp {
    instant.checked_sub(1.microsecond()).unwrap_or(instant)
}

/// The first instant after this one that can be stored.
#[must_use]
pub fn just_after(instant: Timestamp) -> Timestamp {
    instant.checked_add(1.microsecond()).unwrap_or(instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_in_utc() {
        assert_eq!(text(at(0)), "1970-01-01T00:00:00Z");
        assert_eq!(text(at(1_795_000_000_123_456)), "2026-11-18T11:06:40.123456Z");
    }

    #[test]
    fn an_instant_out_of_range_is_the_nearest_one() {
        assert_eq!(at(i64::MAX), Timestamp::MAX);
        assert_eq!(at(i64::MIN), Timestamp::MIN);
    }
}
