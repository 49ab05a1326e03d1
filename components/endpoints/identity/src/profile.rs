//! What people say of themselves when they sign up.

use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::Value;
use task_model::text;

use crate::auth_error::AuthError;
use crate::input;

const MAX_NAME_CHARACTERS: usize = 100;
const MAX_IMAGE_BYTES: usize = 2048;

/// A name in its composed form without white space around it: 1 to 100 characters, one line, nothing that hides or reorders what
/// others read, as in a task's title.
pub fn name(given: &str) -> Result<String, AuthError> {
    let name = text::tidy(given);
    if text::length(given, &name) > MAX_NAME_CHARACTERS
        || name.chars().any(text::is_control)
        || name.chars().all(text::is_invisible)
    {
        return Err(invalid("/name", "It has to be a name of 1 to 100 characters in one line."));
    }
    if let Some(hidden) =
        name.chars().find(|character| text::is_bidi_control(*character) || hides(*character))
    {
        let sentence = format!("It holds a hidden character (U+{:04X}): leave it out.", u32::from(hidden));
        return Err(invalid("/name", &sentence));
    }
    Ok(name)
}

/// Whether the character can't be seen, though something is there. Some are part of how a script or an emoji is written: joiners
/// and variation selectors.
fn hides(character: char) -> bool {
    let is_spelling = matches!(character,
        '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{180B}'..='\u{180D}' | '\u{180F}');
    text::is_invisible(character) && !character.is_whitespace() && !is_spelling
}

/// Where a picture is: an absolute `http` or `https` URL of up to 2,048 characters.
pub fn image(image: &str) -> Result<String, AuthError> {
    let is_web = ["https://", "http://"]
        .iter()
        .any(|scheme| image.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
    let is_valid =
        is_web && image.len() <= MAX_IMAGE_BYTES && image.bytes().all(|byte| byte.is_ascii_graphic());
    if is_valid {
        Ok(image.to_owned())
    } else {
        Err(invalid("/image", "It has to be an http or https URL of up to 2048 characters."))
    }
}

/// An IANA time zone in its own letter case.
pub fn time_zone(zone: &str) -> Result<String, AuthError> {
    let known = TimeZone::get(zone).ok();
    known
        .as_ref()
        .and_then(TimeZone::iana_name)
        .map(str::to_owned)
        .ok_or_else(|| invalid("/timeZone", "It has to be an IANA time zone, such as Europe/Berlin."))
}

/// What only this service says of people. Members that are not known are passed over; these are refused, so that nobody believes they
/// have a role.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reserved {
    email_verified: Option<Value>,
    role: Option<Value>,
}

impl Reserved {
    /// Refuses to take any of it from the user.
    ///
    /// # Errors
    /// `FIELD_NOT_ALLOWED`.
    pub fn refuse(&self) -> Result<(), AuthError> {
        let sent = |member: &Option<Value>| member.as_ref().is_some_and(input::is_set);
        let (message, pointer) = if sent(&self.email_verified) {
            ("emailVerified is not allowed to be set", "/emailVerified")
        } else if sent(&self.role) {
            ("role is not allowed to be set", "/role")
        } else {
            return Ok(());
        };
        Err(AuthError::invalid(
            "FIELD_NOT_ALLOWED",
            message,
            pointer,
            "Leave it out: people don't set this themselves.",
        ))
    }
}

fn invalid(pointer: &str, sentence: &str) -> AuthError {
    AuthError::invalid("VALIDATION_ERROR", "Validation Error", pointer, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_of_text() {
        assert_eq!(name("  Ann  ").unwrap(), "Ann");
        assert_eq!(name("李").unwrap(), "李");
        for text in
            ["", "   ", "a\nb", "a\u{0}b", "a\u{2028}b", &"a".repeat(101), &format!("a{}", " ".repeat(100))]
        {
            assert!(name(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_name_hides_nothing() {
        for hidden in ['\u{202E}', '\u{2066}', '\u{200B}', '\u{200F}', '\u{FEFF}', '\u{AD}', '\u{E0041}'] {
            assert!(name(&format!("An{hidden}n")).is_err(), "{hidden:?}");
        }
        assert!(name("\u{200D}\u{FE0F}").is_err());
        for good in ["שלום", "علی\u{200C}رضا", "Ann 👩\u{200D}💻", "Ann ❤\u{FE0F}", "José María"]
        {
            assert_eq!(name(good).unwrap(), good);
        }
        assert_eq!(name("Jose\u{301}").unwrap(), "José");
    }

    #[test]
    fn an_image_is_a_web_address() {
        assert!(image("https://example.org/ann.png").is_ok());
        for text in
            ["", "https://", "javascript:alert(1)", "data:image/png,x", "//example.org", "https://a b"]
        {
            assert!(image(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_time_zone_is_one_that_exists() {
        assert_eq!(time_zone("europe/berlin").unwrap(), "Europe/Berlin");
        assert_eq!(time_zone("UTC").unwrap(), "UTC");
        for text in ["", "Europe/Atlantis", "+02:00", "../etc/passwd", "Europe/Berlin "] {
            assert!(time_zone(text).is_err(), "{text}");
        }
    }
}
