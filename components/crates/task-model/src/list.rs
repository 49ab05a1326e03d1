//! Lists of tasks: their names, and how an input says which one is meant.

use uuid::Uuid;

use crate::text::{is_bidi_control, is_control, is_invisible, length, tidy};

/// What is wrong with naming a parent and a list.
pub const IN_THE_LIST_OF_ITS_PARENT: &str =
    "A subtask is in the list of its parent: leave `list_id` out, or `parent_id`.";
/// The most lists that one person has, archived ones included.
pub const MAX_LISTS: u32 = 200;
/// The longest name, in characters (Unicode scalar values).
pub const MAX_NAME_CHARACTERS: usize = 100;
/// What a filter says for the tasks that are in no list.
pub const INBOX: &str = "inbox";

/// Why a text is no name of a list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Empty, or nothing that can be seen.
    #[error("The name is empty: say in a few words what the list is for.")]
    Blank,
    /// Over [`MAX_NAME_CHARACTERS`] characters.
    #[error("The name has {0} characters; at most {MAX_NAME_CHARACTERS} are possible.")]
    Long(usize),
    /// A line break or another control character.
    #[error("The name must be one line without control characters.")]
    Control,
    /// A character that reorders text.
    #[error("The name holds a hidden character (U+{0:04X}) that reorders text: leave it out.")]
    Reorders(u32),
}

/// The name as it is stored: trimmed and composed.
///
/// # Errors
/// [`NameError`] when the text breaks a rule.
pub fn name(text: &str) -> Result<String, NameError> {
    let name = tidy(text);
    if name.chars().all(is_invisible) {
        return Err(NameError::Blank);
    }
    if name.chars().any(is_control) {
        return Err(NameError::Control);
    }
    if let Some(mark) = name.chars().find(|character| is_bidi_control(*character)) {
        return Err(NameError::Reorders(mark.into()));
    }
    match length(text, &name) {
        length if length > MAX_NAME_CHARACTERS => Err(NameError::Long(length)),
        _ => Ok(name),
    }
}

/// The text is no list's id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "This is not the id of a list: use one that list_lists gave, such as 01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f."
)]
pub struct ListIdError;

/// Reads a list's id.
///
/// # Errors
/// [`ListIdError`] for anything but the hyphenated 36-character form.
pub fn id(text: &str) -> Result<Uuid, ListIdError> {
    crate::id::id(text).map_err(|_| ListIdError)
}

/// The tasks of which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListFilter {
    /// Those in none.
    Inbox,
    /// Those of the list with this id.
    One(Uuid),
}

/// The text says neither a list's id nor `inbox`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("This is neither the id of a list, as list_lists gave it, nor `inbox`.")]
pub struct ListFilterError;

/// Reads which list is meant.
///
/// # Errors
/// [`ListFilterError`] for anything but a list's id or `inbox`.
pub fn filter(text: &str) -> Result<ListFilter, ListFilterError> {
    if text == INBOX {
        return Ok(ListFilter::Inbox);
    }
    id(text).map(ListFilter::One).map_err(|_| ListFilterError)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_trimmed_and_keeps_any_language() {
        assert_eq!(name("  Groceries ").as_deref(), Ok("Groceries"));
        assert_eq!(name("Cafe\u{301} 🛒").as_deref(), Ok("Café 🛒"));
    }

    #[test]
    fn a_name_that_shows_nothing_or_more_than_a_line_is_refused() {
        for blank in ["", "  ", "\u{200B}"] {
            assert_eq!(name(blank), Err(NameError::Blank), "{blank:?}");
        }
        assert_eq!(name("a\nb"), Err(NameError::Control));
        assert_eq!(name("a\u{202E}b"), Err(NameError::Reorders(0x202E)));
        assert!(name(&"ü".repeat(100)).is_ok());
        assert_eq!(name(&"ü".repeat(101)), Err(NameError::Long(101)));
    }

    #[test]
    fn a_filter_means_the_inbox_or_a_list() {
        let text = "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f";
        assert_eq!(filter("inbox"), Ok(ListFilter::Inbox));
        assert_eq!(filter(text), Ok(ListFilter::One(Uuid::try_parse(text).unwrap())));
        for wrong in ["", "Inbox", "groceries", "7"] {
            assert_eq!(filter(wrong), Err(ListFilterError), "{wrong}");
        }
    }
}
