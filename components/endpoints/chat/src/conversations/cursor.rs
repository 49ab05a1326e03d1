//! Where a page ended, in a form that says nothing to a client.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use endpoint::{Kind, Problem, Violation};
use uuid::Uuid;

/// The last conversation of a page: when it was updated, in microseconds since 1970, and its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConversationCursor {
    /// Microseconds since 1970-01-01T00:00:00Z.
    pub updated_at: i64,
    /// Its id.
    pub id: Uuid,
}

impl ConversationCursor {
    /// As text.
    pub fn encode(self) -> String {
        let mut bytes = self.updated_at.to_be_bytes().to_vec();
        bytes.extend_from_slice(self.id.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// From text.
    ///
    /// # Errors
    /// 400 when it is none.
    pub fn decode(text: &str) -> Result<Self, Problem> {
        let bytes: [u8; 24] = decode(text)?;
        let (updated_at, id) = bytes.split_first_chunk::<8>().ok_or_else(bad_cursor)?;
        let updated_at = i64::from_be_bytes(*updated_at);
        // Within what PostgreSQL can hold as a timestamp.
        if !(0..=4_102_444_800_000_000).contains(&updated_at) {
            return Err(bad_cursor());
        }
        Ok(Self { updated_at, id: Uuid::from_slice(id).map_err(|_| bad_cursor())? })
    }
}

/// The first message of a page, by its sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageCursor(pub i32);

impl MessageCursor {
    /// As text.
    pub fn encode(self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.to_be_bytes())
    }

    /// From text.
    ///
    /// # Errors
    /// 400 when it is none.
    pub fn decode(text: &str) -> Result<Self, Problem> {
        let sequence = i32::from_be_bytes(decode(text)?);
        if sequence > 0 { Ok(Self(sequence)) } else { Err(bad_cursor()) }
    }
}

fn decode<const N: usize>(text: &str) -> Result<[u8; N], Problem> {
    URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| bytes.try_into().ok()).ok_or_else(bad_cursor)
}

fn bad_cursor() -> Problem {
    let violation = Violation::new("/cursor", "This is no cursor that a page of this list gave.");
    Problem::with_errors(Kind::InvalidParameters, vec![violation])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_went() {
        let cursor = ConversationCursor { updated_at: 1_795_248_000_000_001, id: Uuid::from_u128(7) };
        assert_eq!(ConversationCursor::decode(&cursor.encode()).unwrap(), cursor);
        assert_eq!(MessageCursor::decode(&MessageCursor(7).encode()).unwrap(), MessageCursor(7));
    }

    #[test]
    fn what_is_no_cursor_is_400() {
        let in_the_past = ConversationCursor { updated_at: -1, id: Uuid::nil() }.encode();
        for bad in [
            "",
            "x",
            "AAAA",
            "äöü",
            "AAAAAA==",
            &in_the_past,
            &MessageCursor(0).encode(),
            &MessageCursor(-5).encode(),
        ] {
            assert_eq!(ConversationCursor::decode(bad).unwrap_err().status(), 400, "{bad}");
            assert_eq!(MessageCursor::decode(bad).unwrap_err().status(), 400, "{bad}");
        }
    }
}
