//! Secrets of authenticators as the database has them: encrypted (XChaCha20-Poly1305) by a key that is derived from the app's secret, and
//! bound to their person.

use access_token::Secret;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use uuid::Uuid;

use crate::auth_error::AuthError;
use crate::settings::Settings;
use crate::signature;

/// The size of a nonce, which is chosen at random, in bytes.
const NONCE_BYTES: usize = 24;

/// A secret that was opened.
pub struct Opened {
    /// The secret.
    pub secret: Vec<u8>,
    /// Whether it was sealed under the app's secret before the last change, so that it should be sealed anew.
    pub is_of_previous: bool,
}

/// Seals a person's secret under the app's current one.
///
/// # Errors
/// 500 when there is no randomness.
pub fn seal(settings: &Settings, user_id: Uuid, secret: &[u8]) -> Result<Vec<u8>, AuthError> {
    let mut nonce = [0; NONCE_BYTES];
    getrandom::fill(&mut nonce).map_err(|error| AuthError::internal(&format!("no randomness: {error}")))?;
    let payload = Payload { msg: secret, aad: user_id.as_bytes() };
    let sealed = cipher(&settings.secret)
        .and_then(|cipher| cipher.encrypt(&XNonce::from(nonce), payload).ok())
        .ok_or_else(|| AuthError::internal("the secret of an authenticator can't be sealed"))?;
    Ok([&nonce[..], &sealed].concat())
}

/// Opens what was sealed for this person. Nothing where neither the current secret nor the one before fits, or any part of it was changed.
pub fn open(settings: &Settings, user_id: Uuid, sealed: &[u8]) -> Option<Opened> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE_BYTES)?;
    let nonce = XNonce::from(<[u8; NONCE_BYTES]>::try_from(nonce).ok()?);
    settings.secrets().enumerate().find_map(|(age, key)| {
        let payload = Payload { msg: sealed, aad: user_id.as_bytes() };
        let secret = cipher(key)?.decrypt(&nonce, payload).ok()?;
        Some(Opened { secret, is_of_previous: age > 0 })
    })
}

fn cipher(secret: &Secret) -> Option<XChaCha20Poly1305> {
    XChaCha20Poly1305::new_from_slice(&signature::derive_key(secret, "two-factor secret", "")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings;

    const USER: Uuid = Uuid::from_u128(7);

    #[test]
    fn a_secret_opens_for_its_person_unchanged_and_under_the_secrets_of_the_app_alone() {
        let settings = settings::example();
        let sealed = seal(&settings, USER, b"a secret of 20 bytes").unwrap();
        assert!(!sealed.windows(8).any(|part| part == b"a secret"));
        let opened = open(&settings, USER, &sealed).unwrap();
        assert_eq!((opened.secret.as_slice(), opened.is_of_previous), (&b"a secret of 20 bytes"[..], false));
        assert!(open(&settings, Uuid::from_u128(8), &sealed).is_none(), "another person");
        for position in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[position] ^= 1;
            assert!(open(&settings, USER, &changed).is_none(), "{position}");
        }
        assert!(open(&settings, USER, &sealed[..NONCE_BYTES - 1]).is_none());

        let secret = Secret::new(&"n".repeat(32)).unwrap();
        let previous = Some(settings.secret.clone());
        let changed = Settings { secret, previous, ..settings::example() };
        assert!(open(&changed, USER, &sealed).unwrap().is_of_previous);
        assert!(open(&Settings { previous: None, ..changed }, USER, &sealed).is_none());
    }

    #[test]
    fn the_same_secret_is_sealed_differently_each_time() {
        let settings = settings::example();
        let seal = || seal(&settings, USER, b"a secret of 20 bytes").unwrap();
        assert_ne!(seal(), seal());
    }
}
