//! IANA time zones (RFC 6557), from the database built into the app.

use jiff::tz::TimeZone;

use crate::types::Caller;

/// A time zone with its name as the IANA database writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// Its name, such as `Europe/Berlin`.
    pub name: String,
    /// Its rules.
    pub rules: TimeZone,
}

/// The text names no time zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("There is no time zone of this name: use an IANA name such as Europe/Berlin or UTC.")]
pub struct ZoneError;

/// The caller's zone is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("The time zone of the request is none: use an IANA name such as Europe/Berlin or UTC.")]
pub struct CallerZoneError;

/// The longest name looked up, in bytes; the longest IANA name has 32.
const MAX_NAME_BYTES: usize = 64;

/// The time zone of that name, in whatever letter case.
///
/// # Errors
/// [`ZoneError`] when the IANA database has none of that name.
pub fn zone(name: &str) -> Result<Zone, ZoneError> {
    let name = name.trim();
    if name.len() > MAX_NAME_BYTES || name.eq_ignore_ascii_case("Etc/Unknown") {
        return Err(ZoneError);
    }
    let rules = TimeZone::get(name).map_err(|_| ZoneError)?;
    let name = rules.iana_name().ok_or(ZoneError)?.to_owned();
    Ok(Zone { name, rules })
}

/// The time zone in which the caller means their days.
///
/// # Errors
/// [`CallerZoneError`] when the IANA database has none of that name.
pub fn from_caller(caller: &Caller) -> Result<Zone, CallerZoneError> {
    zone(&caller.time_zone).map_err(|_| CallerZoneError)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_case_and_written_as_iana_does() {
        assert_eq!(zone("europe/berlin").unwrap().name, "Europe/Berlin");
        assert_eq!(zone("utc").unwrap().name, "UTC");
        assert_eq!(
            zone(" America/Argentina/ComodRivadavia ").unwrap().name,
            "America/Argentina/ComodRivadavia"
        );
    }

    #[test]
    fn anything_else_is_refused() {
        for name in [
            "",
            "Berlin",
            "Mars/Olympus",
            "+01:00",
            "EST5EDT4,M3",
            "../etc/passwd",
            "Etc/Unknown",
            "\0",
            "local",
        ] {
            assert_eq!(zone(name), Err(ZoneError), "{name:?}");
        }
    }
}
