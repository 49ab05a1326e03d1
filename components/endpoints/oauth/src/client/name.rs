//! What a program calls itself.

use task_model::text;

use crate::error::{ErrorCode, OAuthError};

const MAX_CHARACTERS: usize = 100;

/// What a program is called that gives no name.
const NAMELESS: &str = "A program without a name";

/// A name in its composed form, in one line, in which nothing hides or reorders what the person reads.
///
/// # Errors
/// `invalid_client_metadata` for another one.
pub fn tidy(given: Option<&str>) -> Result<String, OAuthError> {
    let Some(given) = given else { return Ok(NAMELESS.to_owned()) };
    let name = text::tidy(given);
    let is_readable = |character: char| {
        !text::is_control(character)
            && !text::is_bidi_control(character)
            && (character.is_whitespace() || !text::is_invisible(character))
    };
    if name.is_empty() {
        return Ok(NAMELESS.to_owned());
    }
    if text::length(given, &name) > MAX_CHARACTERS || !name.chars().all(is_readable) {
        let sentence = "client_name has to be 1 to 100 visible characters in one line.";
        return Err(OAuthError::new(ErrorCode::InvalidClientMetadata, sentence));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_that_can_be_read() {
        assert_eq!(tidy(Some("  MCP Inspector ")).unwrap(), "MCP Inspector");
        assert_eq!(tidy(None).unwrap(), NAMELESS);
        assert_eq!(tidy(Some(" ")).unwrap(), NAMELESS);
        let long = "x".repeat(101);
        for name in ["a\nb", "a\u{202E}b", "a\u{200B}b", "a\u{0}b", &long] {
            assert_eq!(tidy(Some(name)).unwrap_err().code, ErrorCode::InvalidClientMetadata, "{name:?}");
        }
    }
}
