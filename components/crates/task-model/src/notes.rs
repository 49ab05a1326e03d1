//! A task's notes: anything longer, lines allowed.

use crate::text::{length, tidy};

/// The longest notes, in characters (Unicode scalar values).
pub const MAX_NOTES_CHARACTERS: usize = 10_000;

/// Why a text can't be notes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotesError {
    /// Over [`MAX_NOTES_CHARACTERS`] characters.
    #[error("The notes have {0} characters; at most {MAX_NOTES_CHARACTERS} are possible.")]
    Long(usize),
    /// A control character other than a line break or a tab.
    #[error("The notes hold a control character (U+{0:04X}); only line breaks and tabs are possible.")]
    Control(u32),
}

/// The notes as they are stored: trimmed, composed, with `\n` line breaks; `None` when nothing is left.
///
/// # Errors
/// [`NotesError`] when the text breaks a rule.
pub fn notes(text: &str) -> Result<Option<String>, NotesError> {
    let notes = tidy(&text.replace("\r\n", "\n").replace('\r', "\n"));
    let allowed = |character: &char| !character.is_control() || matches!(character, '\n' | '\t');
    if let Some(control) = notes.chars().find(|character| !allowed(character)) {
        return Err(NotesError::Control(control.into()));
    }
    match length(text, &notes) {
        length if length > MAX_NOTES_CHARACTERS => Err(NotesError::Long(length)),
        _ => Ok(Some(notes).filter(|notes| !notes.is_empty())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_keep_lines_and_tabs_with_one_kind_of_break() {
        assert_eq!(notes(" a\r\n\tb\rc \n"), Ok(Some("a\n\tb\nc".to_owned())));
    }

    #[test]
    fn blank_notes_are_no_notes() {
        assert_eq!(notes(""), Ok(None));
        assert_eq!(notes(" \n "), Ok(None));
    }

    #[test]
    fn the_limits_hold() {
        assert!(notes(&"é".repeat(10_000)).is_ok());
        assert_eq!(notes(&"é".repeat(10_001)), Err(NotesError::Long(10_001)));
        assert_eq!(notes(&" ".repeat(10_001)), Err(NotesError::Long(10_001)));
        assert_eq!(notes("a\0b"), Err(NotesError::Control(0)));
    }
}
