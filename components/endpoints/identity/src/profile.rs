//! What people say of themselves when they sign up.

use jiff::tz::TimeZone;

use crate::refusal::Refusal;

const LONGEST_NAME: usize = 100;
const LONGEST_IMAGE: usize = 2048;

/// A name without white space around it: 1 to 100 characters, one line.
pub fn name(name: &str) -> Result<String, Refusal> {
    let name = name.trim();
    let is_valid = (1..=LONGEST_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if is_valid {
        Ok(name.to_owned())
    } else {
        Err(invalid("/name", "It has to be a name of 1 to 100 characters in one line."))
    }
}

/// Where a picture is: an absolute `http` or `https` URL of up to 2,048 characters.
pub fn image(image: &str) -> Result<String, Refusal> {
    let is_web = ["https://", "http://"]
        .iter()
        .any(|scheme| image.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
    let is_valid =
        is_web && image.len() <= LONGEST_IMAGE && image.bytes().all(|byte| byte.is_ascii_graphic());
    if is_valid {
        Ok(image.to_owned())
    } else {
        Err(invalid("/image", "It has to be an http or https URL of up to 2048 characters."))
    }
}

/// An IANA time zone in its own letter case.
pub fn time_zone(zone: &str) -> Result<String, Refusal> {
    let known = TimeZone::get(zone).ok();
    known
        .as_ref()
        .and_then(TimeZone::iana_name)
        .map(str::to_owned)
        .ok_or_else(|| invalid("/timeZone", "It has to be an IANA time zone, such as Europe/Berlin."))
}

fn invalid(pointer: &str, sentence: &str) -> Refusal {
    Refusal::invalid("VALIDATION_ERROR", "Validation Error", pointer, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_of_text() {
        assert_eq!(name("  Ann  ").unwrap(), "Ann");
        assert_eq!(name("李").unwrap(), "李");
        for text in ["", "   ", "a\nb", "a\u{0}b", &"a".repeat(101)] {
            assert!(name(text).is_err(), "{text}");
        }
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
