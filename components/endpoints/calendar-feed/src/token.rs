//! What is in the address of a feed and nobody can guess, and what is stored of it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use endpoint::{Kind, Problem};
use sha2::{Digest, Sha256};

/// How long a token is, in bytes before they are written as text.
const BYTES: usize = 32;

/// 256 random bits as text.
///
/// # Errors
/// 500 when the host has none.
pub fn generate() -> Result<String, Problem> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|error| {
        log::error!("no randomness: {error}");
        Problem::new(Kind::InternalError)
    })?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// What is stored of a token. It has too many bits to be guessed, so a plain hash does. Nothing where the text is no token.
pub fn hash(text: &str) -> Option<Vec<u8>> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    (bytes.len() == BYTES).then(|| Sha256::digest(bytes).to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_another_each_time_and_hashes_to_32_bytes() {
        let (one, other) = (generate().unwrap(), generate().unwrap());
        assert_ne!(one, other);
        assert_eq!(hash(&one).map(|hash| hash.len()), Some(32));
        assert_ne!(hash(&one), hash(&other));
    }

    #[test]
    fn what_is_no_token_is_not_looked_for() {
        for text in ["", "short", &"a".repeat(44), &"é".repeat(43), "../../etc/passwd"] {
            assert_eq!(hash(text), None, "{text}");
        }
    }
}
