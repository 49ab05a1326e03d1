//! Making a pair of keys.

use access_token::{KEY_ID_BYTES, KeyAlgorithm, PublicKey, Secret, SigningKey, new_key_id};

use super::seal;
use crate::error::OAuthError;

/// How often random bytes are no key of P-256: once in 2^32.
const MAX_ATTEMPTS: usize = 4;

/// A pair of keys that is about to be stored.
pub struct NewKey {
    /// Its public part.
    pub public: PublicKey,
    /// Its private part, sealed.
    pub sealed: Vec<u8>,
}

/// A new pair, sealed under this secret.
///
/// # Errors
/// When the host has no randomness.
pub fn make(secret: &Secret, algorithm: KeyAlgorithm) -> Result<NewKey, OAuthError> {
    let id = new_key_id(secret, random::<KEY_ID_BYTES>()?);
    for _ in 0..MAX_ATTEMPTS {
        let private = random::<{ SigningKey::SECRET_BYTES }>()?;
        if let Some(key) = SigningKey::new(id.clone(), algorithm, &private) {
            let sealed = seal::seal(secret, key.public_key(), &private, random()?)
                .ok_or_else(|| OAuthError::internal("a signing key can't be sealed"))?;
            return Ok(NewKey { public: key.public_key().clone(), sealed });
        }
    }
    Err(OAuthError::internal("random bytes are no signing key"))
}

fn random<const BYTES: usize>() -> Result<[u8; BYTES], OAuthError> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|error| OAuthError::internal(&format!("no randomness: {error}")))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_pairs_are_the_same_and_none_shows_its_private_part() {
        let secret = Secret::new(&"s".repeat(32)).unwrap();
        for algorithm in KeyAlgorithm::ALL {
            let (one, other) = (make(&secret, algorithm).unwrap(), make(&secret, algorithm).unwrap());
            assert_ne!(one.public, other.public);
            assert_ne!(one.sealed, other.sealed);
            assert_eq!(one.sealed.len(), 24 + 32 + 16);
        }
    }
}
