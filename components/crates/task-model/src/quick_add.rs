//! The line of a quick addition, and which of its words are to be left alone.

use std::ops::Range;

use crate::text::{is_bidi_control, is_control, is_invisible, length, tidy};
use crate::types::TextRange;
use crate::violations::Violations;

/// The longest line, in characters (Unicode scalar values): a title, and what says when and where.
pub const MAX_LINE_CHARACTERS: usize = 500;
/// The most parts of a line that are left alone.
pub const MAX_RANGES: usize = 50;

/// Why a text is no line that can be added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// Empty, or nothing that can be seen.
    #[error("The line is empty: say what is to be done, and when.")]
    Blank,
    /// Over [`MAX_LINE_CHARACTERS`] characters.
    #[error("The line has {0} characters; at most {MAX_LINE_CHARACTERS} are possible.")]
    Long(usize),
    /// A line break or another control character.
    #[error("The text must be one line without control characters: add each line by itself.")]
    Control,
    /// A character that reorders text.
    #[error("The line holds a hidden character (U+{0:04X}) that reorders text: leave it out.")]
    Reorders(u32),
}

/// Checks a line. It is read as it came, so that places in it are those that the client knows.
///
/// # Errors
/// [`LineError`] when the text breaks a rule.
pub fn line(text: &str) -> Result<(), LineError> {
    let line = tidy(text);
    if line.chars().all(is_invisible) {
        return Err(LineError::Blank);
    }
    if line.chars().any(is_control) {
        return Err(LineError::Control);
    }
    if let Some(mark) = line.chars().find(|character| is_bidi_control(*character)) {
        return Err(LineError::Reorders(mark.into()));
    }
    match length(text, &line) {
        length if length > MAX_LINE_CHARACTERS => Err(LineError::Long(length)),
        _ => Ok(()),
    }
}

/// The parts of a line that are left alone. One that covers nothing does nothing. What is wrong is noted below `/ignore`.
pub fn ranges(given: &[TextRange], violations: &mut Violations) -> Vec<Range<usize>> {
    if given.len() > MAX_RANGES {
        let count = given.len();
        violations.add("/ignore", format!("{count} parts are too many: at most {MAX_RANGES} are possible."));
        return Vec::new();
    }
    let mut ranges = Vec::with_capacity(given.len());
    for (index, TextRange { start, end }) in given.iter().enumerate() {
        let mut place = |member: &str, value: u32| match usize::try_from(value) {
            Ok(place) if place <= MAX_LINE_CHARACTERS => place,
            _ => {
                let message = format!("No line has more than {MAX_LINE_CHARACTERS} characters.");
                violations.add(format!("/ignore/{index}/{member}"), message);
                0
            }
        };
        ranges.push(place("start", *start)..place("end", *end));
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_that_shows_something() {
        assert_eq!(line(" buy milk tomorrow\n"), Ok(()));
        assert_eq!(line(" \u{200b} "), Err(LineError::Blank));
        assert_eq!(line("buy\nmilk"), Err(LineError::Control));
        assert_eq!(line("buy \u{202e}milk"), Err(LineError::Reorders(0x202e)));
        assert_eq!(line(&"x".repeat(501)), Err(LineError::Long(501)));
    }

    #[test]
    fn parts_are_few_and_within_a_line() {
        let mut violations = Violations::none();
        let range = |start, end| TextRange { start, end };
        assert_eq!(ranges(&[range(0, 4), range(9, 9)], &mut violations), [0..4, 9..9]);
        assert!(violations.finish().is_ok());
        let mut violations = Violations::none();
        ranges(&[range(0, 501)], &mut violations);
        ranges(&vec![range(0, 1); 51], &mut violations);
        let Err(crate::types::ToolError::Invalid(found)) = violations.finish() else {
            panic!("must be invalid")
        };
        let pointers: Vec<_> = found.iter().map(|violation| violation.pointer.as_str()).collect();
        assert_eq!(pointers, ["/ignore/0/end", "/ignore"]);
    }
}
