//! Cursors: where a page ended, as text that means nothing to its holder.
//!
//! A cursor names the last task of its page by what the list is ordered by, and is bound to the filters and the
//! order by a hash. It holds no secret and gives no right: the next page is limited to the caller like any other.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

/// Marks the layout below; another layout gets another mark, so that old cursors are refused and not misread.
const LAYOUT_VERSION: u8 = 1;
/// How many bytes of the hash are kept.
const BINDING_BYTES: usize = 8;

/// Where a page ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// What the list is ordered by: numbers first.
    pub numbers: Vec<i64>,
    /// What the list is ordered by: text after them.
    pub text: String,
    /// The task itself, which breaks ties.
    pub id: Uuid,
}

/// The text is no cursor of this list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "The cursor does not belong to this list: use the next_cursor of a page with the same filters and order."
)]
pub struct CursorError;

/// Writes a cursor bound to `hash`.
#[must_use]
pub fn write(position: &Position, hash: &[u8; 32]) -> String {
    let mut bytes = vec![LAYOUT_VERSION];
    bytes.extend(hash.iter().take(BINDING_BYTES));
    bytes.extend(position.id.as_bytes());
    for number in &position.numbers {
        bytes.extend(number.to_be_bytes());
    }
    bytes.extend(position.text.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads a cursor bound to `hash` that holds so many numbers.
///
/// # Errors
/// [`CursorError`] when it is damaged, of another layout or bound to something else.
pub fn read(cursor: &str, hash: &[u8; 32], numbers: usize) -> Result<Position, CursorError> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| CursorError)?;
    let rest = bytes.strip_prefix(&[LAYOUT_VERSION]).ok_or(CursorError)?;
    let (binding, rest) = rest.split_at_checked(BINDING_BYTES).ok_or(CursorError)?;
    if !hash.starts_with(binding) {
        return Err(CursorError);
    }
    let (id, mut rest) = rest.split_first_chunk::<16>().ok_or(CursorError)?;
    let mut read = Vec::with_capacity(numbers);
    for _ in 0..numbers {
        let (number, after) = rest.split_first_chunk::<8>().ok_or(CursorError)?;
        read.push(i64::from_be_bytes(*number));
        rest = after;
    }
    let text = str::from_utf8(rest).map_err(|_| CursorError)?;
    // PostgreSQL takes no NUL; a stored title has none.
    if text.contains('\0') {
        return Err(CursorError);
    }
    Ok(Position { numbers: read, text: text.to_owned(), id: Uuid::from_bytes(*id) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        let position = Position { numbers: vec![7], text: String::new(), id: Uuid::nil() };
        let cursor = write(&position, &[1; 32]);
        assert_eq!(read(&cursor, &[1; 32], 1), Ok(position));
        assert_eq!(read(&cursor, &[2; 32], 1), Err(CursorError));
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        for text in ["", "AQ", "not a cursor", "////", "AAAA", "AQEBAQEBAQEB"] {
            assert_eq!(read(text, &[1; 32], 1), Err(CursorError), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_position_survives(numbers in prop::collection::vec(any::<i64>(), 0..3), text in "[^\0]{0,40}", id in any::<u128>()) {
            let position = Position { numbers, text, id: Uuid::from_u128(id) };
            let cursor = write(&position, &[9; 32]);
            prop_assert!(cursor.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')));
            prop_assert_eq!(read(&cursor, &[9; 32], position.numbers.len()), Ok(position));
        }

        #[test]
        fn no_text_makes_reading_panic(text in "[A-Za-z0-9_-]{0,80}") {
            let _ = read(&text, &[9; 32], 2);
        }
    }
}
