//! Recovery codes: for who has lost their authenticator. Each is good once, and stored as a hash.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::auth_error::AuthError;

/// How many a person gets.
const COUNT: usize = 10;
/// How many letters and digits one has, of five bits each: 100 bits can't be guessed, so a plain hash does, and codes outlive a change of the
/// app's secret.
const CHARACTERS: usize = 20;
/// In how many it is written between hyphens.
const GROUP: usize = 5;
/// Crockford's digits: none that is taken for another.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// New codes, as they are shown.
///
/// # Errors
/// 500 when there is no randomness.
pub fn generate() -> Result<Vec<String>, AuthError> {
    (0..COUNT).map(|_| new_code()).collect()
}

fn new_code() -> Result<String, AuthError> {
    let mut random = [0; CHARACTERS];
    getrandom::fill(&mut random).map_err(|error| AuthError::internal(&format!("no randomness: {error}")))?;
    let mut code = String::with_capacity(CHARACTERS + CHARACTERS / GROUP);
    for (position, byte) in random.iter().enumerate() {
        if position > 0 && position.is_multiple_of(GROUP) {
            code.push('-');
        }
        // 256 is a multiple of 32, so that each is as likely.
        let character = ALPHABET.get(usize::from(byte % 32)).copied().unwrap_or_default();
        code.push(char::from(character));
    }
    Ok(code)
}

/// What is stored of codes.
pub fn hashes(codes: &[String]) -> Vec<String> {
    codes.iter().map(|code| hash(code)).collect()
}

/// What is stored of a code, however it is written: letters in either case, with or without hyphens and white space, and `o`, `i` and `l` for the
/// digits that they look like.
pub fn hash(code: &str) -> String {
    let plain: String = code
        .chars()
        .filter(|character| !character.is_whitespace() && *character != '-')
        .map(|character| match character.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect();
    Sha256::digest(plain).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a String does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_codes_differ_and_have_a_hundred_bits() {
        let codes = generate().unwrap();
        assert_eq!(codes.len(), COUNT);
        let mut distinct = codes.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), COUNT);
        for code in &codes {
            let groups: Vec<&str> = code.split('-').collect();
            assert_eq!(groups.iter().map(|group| group.len()).collect::<Vec<_>>(), [5, 5, 5, 5], "{code}");
            assert!(groups.concat().bytes().all(|byte| ALPHABET.contains(&byte)), "{code}");
        }
    }

    #[test]
    fn a_code_is_known_however_it_is_written() {
        let known = hash("01234-56789-abcde-fghjk");
        assert_eq!(known.len(), 64);
        for written in ["0123456789abcdefghjk", " OI234 56789 ABCDE FGHJK\n", "ol234-56789-abcde-fghjk"] {
            assert_eq!(hash(written), known, "{written}");
        }
        assert_ne!(hash("01234-56789-abcde-fghjm"), known);
    }
}
