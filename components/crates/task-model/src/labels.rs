//! A task's labels: short lower-case words that group tasks.

use unicode_normalization::UnicodeNormalization;

use crate::text::{is_bidi_control, is_control, is_invisible, length};
use crate::violations::Violations;

/// The most labels a task has.
pub const MAX_LABELS: usize = 20;
/// The longest label, in characters (Unicode scalar values).
pub const MAX_LABEL_CHARACTERS: usize = 50;

/// Why a text is no label.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LabelError {
    /// Nothing that can be seen.
    #[error("The label is empty.")]
    Blank,
    /// Over [`MAX_LABEL_CHARACTERS`] characters.
    #[error("The label has {0} characters; at most {MAX_LABEL_CHARACTERS} are possible.")]
    Long(usize),
    /// White space, a comma, `#`, a control character or one that reorders text.
    #[error("A label is one word: white space, commas, # and control characters are not possible.")]
    Character,
}

/// The label as it is stored: trimmed, composed, in lower case.
///
/// # Errors
/// [`LabelError`] when the text breaks a rule.
pub fn label(text: &str) -> Result<String, LabelError> {
    let label: String = text.trim().to_lowercase().nfc().collect();
    if label.chars().all(is_invisible) {
        return Err(LabelError::Blank);
    }
    let wrong = |character: char| {
        character.is_whitespace()
            || matches!(character, ',' | '#')
            || is_control(character)
            || is_bidi_control(character)
    };
    if label.chars().any(wrong) {
        return Err(LabelError::Character);
    }
    match length(text, &label) {
        length if length > MAX_LABEL_CHARACTERS => Err(LabelError::Long(length)),
        _ => Ok(label),
    }
}

/// The labels as they are stored: sorted, each once. What is wrong is noted below `/labels`.
pub fn labels(texts: &[String], violations: &mut Violations) -> Vec<String> {
    // Counted as they came, as a schema counts them, and not read one by one: who sends thousands gets one sentence.
    if texts.len() > MAX_LABELS {
        violations
            .add("/labels", format!("{} labels are too many: a task has at most {MAX_LABELS}.", texts.len()));
        return Vec::new();
    }
    let mut labels: Vec<String> = texts
        .iter()
        .enumerate()
        .filter_map(|(index, text)| violations.check(&format!("/labels/{index}"), label(text)))
        .collect();
    labels.sort_unstable();
    labels.dedup();
    labels
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::types::ToolError;

    fn owned(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.to_owned()).collect()
    }

    #[test]
    fn labels_are_folded_sorted_and_kept_once() {
        let mut violations = Violations::none();
        assert_eq!(
            labels(&owned(&["Work", "home", " WORK ", "cafe\u{301}"]), &mut violations),
            ["café", "home", "work"]
        );
        assert!(violations.finish().is_ok());
    }

    #[test]
    fn each_wrong_label_is_named_by_its_place() {
        let mut violations = Violations::none();
        labels(&owned(&["ok", "two words", "#tag", "", "a,b", &"x".repeat(51)]), &mut violations);
        let Err(ToolError::Invalid(found)) = violations.finish() else { panic!("must be invalid") };
        let pointers: Vec<_> = found.iter().map(|violation| violation.pointer.as_str()).collect();
        assert_eq!(pointers, ["/labels/1", "/labels/2", "/labels/3", "/labels/4", "/labels/5"]);
    }

    #[test]
    fn twenty_labels_are_possible_and_one_more_is_not() {
        let many: Vec<String> = (0..21).map(|number| format!("label{number}")).collect();
        let mut violations = Violations::none();
        assert_eq!(labels(&many[..20], &mut violations).len(), 20);
        assert!(violations.finish().is_ok());
        for too_many in [many, vec!["label".to_owned(); 21]] {
            let mut violations = Violations::none();
            labels(&too_many, &mut violations);
            assert!(violations.finish().is_err());
        }
    }

    #[test]
    fn what_is_trimmed_counts_as_a_schema_counts_it() {
        let padded = |spaces: usize| format!("home{}", "\u{85}".repeat(spaces));
        assert_eq!(label(&padded(46)).as_deref(), Ok("home"));
        assert_eq!(label(&padded(47)), Err(LabelError::Long(51)));
    }

    proptest! {
        #[test]
        fn a_stored_label_is_its_own_stored_form(text in "\\PC{0,60}") {
            if let Ok(stored) = label(&text) {
                prop_assert_eq!(label(&stored), Ok(stored.clone()));
            }
        }
    }
}
