//! A task's title: one line that says what is to be done.

use crate::text::{is_bidi_control, is_control, is_invisible, length, tidy};

/// The longest title, in characters (Unicode scalar values).
pub const MAX_TITLE_CHARACTERS: usize = 200;

/// Why a text is no title.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TitleError {
    /// Empty, or nothing that can be seen.
    #[error("The title is empty: say in a few words what is to be done.")]
    Blank,
    /// Over [`MAX_TITLE_CHARACTERS`] characters.
    #[error(
        "The title has {0} characters; at most {MAX_TITLE_CHARACTERS} are possible. Put the rest into the notes."
    )]
    Long(usize),
    /// A line break or another control character.
    #[error("The title must be one line without control characters. Put further lines into the notes.")]
    Control,
    /// A character that reorders text.
    #[error("The title holds a hidden character (U+{0:04X}) that reorders text: leave it out.")]
    Reorders(u32),
}

/// The title as it is stored: trimmed and composed.
///
/// # Errors
/// [`TitleError`] when the text breaks a rule.
pub fn title(text: &str) -> Result<String, TitleError> {
    let title = tidy(text);
    if title.chars().all(is_invisible) {
        return Err(TitleError::Blank);
    }
    if title.chars().any(is_control) {
        return Err(TitleError::Control);
    }
    if let Some(mark) = title.chars().find(|character| is_bidi_control(*character)) {
        return Err(TitleError::Reorders(mark.into()));
    }
    match length(text, &title) {
        length if length > MAX_TITLE_CHARACTERS => Err(TitleError::Long(length)),
        _ => Ok(title),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_trimmed_and_keeps_any_language() {
        assert_eq!(title("  buy milk ").as_deref(), Ok("buy milk"));
        assert_eq!(title("牛乳を買う 🥛").as_deref(), Ok("牛乳を買う 🥛"));
        assert_eq!(title("שלום לקנות").as_deref(), Ok("שלום לקנות"));
        assert_eq!(title("👨\u{200D}👩\u{200D}👧 day").as_deref(), Ok("👨\u{200D}👩\u{200D}👧 day"));
    }

    #[test]
    fn the_length_counts_characters_not_bytes() {
        assert!(title(&"ü".repeat(200)).is_ok());
        assert_eq!(title(&"ü".repeat(201)), Err(TitleError::Long(201)));
        assert!(title(&format!("{}{}", " ".repeat(199), "a")).is_ok());
    }

    #[test]
    fn what_is_trimmed_counts_as_a_schema_counts_it() {
        assert_eq!(title(&format!("{}{}", " ".repeat(200), "a")), Err(TitleError::Long(201)));
    }

    #[test]
    fn a_title_that_shows_nothing_is_refused() {
        for blank in ["", "   ", "\n", "\u{200B}\u{200B}", "\u{3164}"] {
            assert_eq!(title(blank), Err(TitleError::Blank), "{blank:?}");
        }
    }

    #[test]
    fn controls_and_reordering_marks_are_refused() {
        for control in ["a\nb", "a\tb", "a\0b", "a\u{85}b", "a\u{2028}b", "a\u{1b}[31mb"] {
            assert_eq!(title(control), Err(TitleError::Control), "{control:?}");
        }
        assert_eq!(title("pay \u{202E}txt.exe"), Err(TitleError::Reorders(0x202E)));
        assert!(title("a\u{202E}b").unwrap_err().to_string().contains("U+202E"));
    }
}
