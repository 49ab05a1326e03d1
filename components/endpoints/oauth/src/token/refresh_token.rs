//! Refresh tokens: the name of a grant and a number, signed. Each use raises the number that the grant has, so a token of before is
//! known as one, however long ago it was given, and nothing of tokens is stored.

use access_token::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use crate::signature::{self, Purpose};

const GRANT_BYTES: usize = 16;
const NUMBER_BYTES: usize = 4;

/// What a refresh token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefreshToken {
    /// Which grant.
    pub grant_id: Uuid,
    /// Which of its tokens.
    pub generation: i32,
}

impl RefreshToken {
    /// The token as it is given to a program. The same one is always written alike: a program that asks twice at once, or whose
    /// answer was lost, gets the same.
    pub fn write(&self, secrets: &[Secret]) -> String {
        let message = self.message();
        let signature = signature::sign(secrets, Purpose::RefreshToken, &message);
        URL_SAFE_NO_PAD.encode([message, signature].concat())
    }

    /// Reads a token that was signed here.
    pub fn read(text: &str, secrets: &[Secret]) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (message, signature) = bytes.split_at_checked(GRANT_BYTES + NUMBER_BYTES)?;
        if !signature::is_signed(secrets, Purpose::RefreshToken, message, signature) {
            return None;
        }
        let (grant, number) = message.split_at_checked(GRANT_BYTES)?;
        Some(Self {
            grant_id: Uuid::from_slice(grant).ok()?,
            generation: i32::from_be_bytes(number.try_into().ok()?),
        })
    }

    fn message(&self) -> Vec<u8> {
        [&self.grant_id.as_bytes()[..], &self.generation.to_be_bytes()].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_where_it_was_signed_and_nowhere_else() {
        let secrets = [Secret::new(&"s".repeat(32)).unwrap()];
        let token = RefreshToken { grant_id: Uuid::now_v7(), generation: 7 };
        let text = token.write(&secrets);
        assert_eq!(RefreshToken::read(&text, &secrets), Some(token));
        assert_eq!(text, token.write(&secrets));
        assert_eq!(RefreshToken::read(&text, &[Secret::new(&"t".repeat(32)).unwrap()]), None);
        let next = RefreshToken { generation: 8, ..token }.write(&secrets);
        let forged = [&next[..27], &text[27..]].concat();
        for wrong in ["", "a", "a.b.c", &forged, &text[..60], &format!("{text}AA")] {
            assert_eq!(RefreshToken::read(wrong, &secrets), None, "{wrong}");
        }
    }
}
