//! Tokens that people make for their own programs: `todo_pat_`, 32 random characters, and 6 that are a checksum of all before.
//!
//! The prefix and the checksum let programs that look for secrets in files and logs tell such a token from any other text, without asking
//! anybody:
//!
//! ```
//! use personal_token::{RANDOM_BYTES, has_form, new_token};
//!
//! let token = new_token(&[7; RANDOM_BYTES]);
//! assert!(token.starts_with("todo_pat_") && has_form(&token));
//! assert!(!has_form("todo_pat_00000000000000000000000000000000000000"));
//! ```

#![warn(missing_docs)]

use sha2::{Digest, Sha256};

/// What each begins with.
pub const PREFIX: &str = "todo_pat_";
/// How many random bytes make one.
pub const RANDOM_BYTES: usize = 32;
/// How many characters of one are shown where it is listed: the prefix and four more.
pub const SHOWN_CHARACTERS: usize = PREFIX.len() + 4;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// 62 to the sixth is more than 32 bits hold.
const CHECKSUM_CHARACTERS: usize = 6;
const CHARACTERS: usize = PREFIX.len() + RANDOM_BYTES + CHECKSUM_CHARACTERS;

/// The token that these random bytes make. A byte gives a character, so each is one of 62 with nearly the same chance: 190 bits are in
/// them.
#[must_use]
pub fn new_token(random: &[u8; RANDOM_BYTES]) -> String {
    let mut token = PREFIX.to_owned();
    token.extend(random.iter().map(|byte| digit(u32::from(*byte))));
    let checksum = checksum(&token);
    token.push_str(&checksum);
    token
}

/// Whether a text may be such a token: it has the prefix, the length and the checksum. Whether it is one, only whoever keeps its hash can
/// say.
#[must_use]
pub fn has_form(text: &str) -> bool {
    let parts = text.split_at_checked(CHARACTERS - CHECKSUM_CHARACTERS);
    parts.is_some_and(|(start, end)| start.starts_with(PREFIX) && checksum(start) == end)
}

/// What is stored of a token, 32 bytes: who reads it can't use it. A token has more bits than could be tried, so its hash needs no salt and
/// need not be slow.
#[must_use]
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}

fn checksum(start: &str) -> String {
    let mut rest = crc32fast::hash(start.as_bytes());
    let mut digits: Vec<char> = Vec::with_capacity(CHECKSUM_CHARACTERS);
    for _ in 0..CHECKSUM_CHARACTERS {
        digits.push(digit(rest));
        rest /= 62;
    }
    digits.iter().rev().collect()
}

/// The last digit of a number with 62 of them.
fn digit(number: u32) -> char {
    DIGITS.get((number % 62) as usize).copied().map_or('0', char::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_told_from_any_other_text() {
        let token = new_token(&std::array::from_fn(|place| u8::try_from(place * 7 % 256).unwrap()));
        assert!(has_form(&token));
        assert_eq!(token.len(), CHARACTERS);
        assert!(token.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'));
        for place in PREFIX.len()..token.len() {
            let mut other = token.clone().into_bytes();
            other[place] = if other[place] == b'a' { b'b' } else { b'a' };
            assert!(!has_form(&String::from_utf8(other).unwrap()), "character {place}");
        }
        for text in ["", PREFIX, &token[1..], &format!("{token}0"), "todo_pat_é", &token.to_uppercase()] {
            assert!(!has_form(text), "{text}");
        }
    }

    #[test]
    fn the_checksum_is_the_one_of_zip_files() {
        // python3 -c 'import zlib; print(zlib.crc32(b"todo_pat_"))', in base 62
        assert_eq!(checksum(PREFIX), "4KCoKV");
    }

    #[test]
    fn a_hash_is_not_its_token() {
        let token = new_token(&[1; RANDOM_BYTES]);
        assert_eq!(hash(&token).len(), 32);
        assert_ne!(hash(&token), hash(&new_token(&[2; RANDOM_BYTES])));
    }
}
