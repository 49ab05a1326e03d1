//! What text may hold: Unicode in its composed form (NFC, UAX #15), without characters that hide or reorder
//! what a reader sees.

use unicode_normalization::UnicodeNormalization;

/// The composed form (NFC) without white space at both ends, so that equal-looking texts are equal.
#[must_use]
pub fn tidy(text: &str) -> String {
    text.nfc().collect::<String>().trim().to_owned()
}

/// How long a text is, in characters (Unicode scalar values): as it came or as it is stored, whichever is longer. So what
/// the `maxLength` of a schema forbids is refused also where trimming or composing would make it fit.
#[must_use]
pub fn length(given: &str, stored: &str) -> usize {
    given.chars().count().max(stored.chars().count())
}

/// Whether the character changes the direction of what follows (UAX #9: embeddings, overrides, isolates). These
/// can make a text read differently from what it says.
#[must_use]
pub fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether the character breaks a line or is a control: C0, C1, line and paragraph separator.
#[must_use]
pub fn is_control(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')
}

/// Whether the character shows nothing by itself: white space, zero-width and filler characters.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}'
            | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}'
            | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidying_composes_and_trims() {
        assert_eq!(tidy("  cafe\u{301}\u{a0} "), "café");
    }

    #[test]
    fn the_length_is_that_of_the_longer_form() {
        assert_eq!(length(" a ", "a"), 3);
        assert_eq!(length("\u{130}", "i\u{307}"), 2);
    }

    #[test]
    fn the_marks_that_reorder_text_are_known() {
        assert!("\u{202E}\u{2066}".chars().all(is_bidi_control));
        assert!(!"aא\u{200F}".chars().any(is_bidi_control));
    }

    #[test]
    fn blank_is_more_than_spaces() {
        assert!("\u{200B}\u{3164}\u{a0}\u{FE0F}".chars().all(is_invisible));
        assert!(!is_invisible('a') && !is_invisible('🎂'));
    }
}
