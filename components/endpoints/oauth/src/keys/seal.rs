//! Private keys as the database has them: encrypted (XChaCha20-Poly1305) by a key that is derived from the app's secret, and bound to
//! the public part beside them.

use access_token::{KeyAlgorithm, PublicKey, Secret, SigningKey};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};

use crate::signature::{self, Purpose};
use crate::store::StoredKey;

/// The size of a nonce, which is chosen at random, in bytes.
pub const NONCE_BYTES: usize = 24;

/// Seals a private key under the current secret.
pub fn seal(
    secret: &Secret,
    public: &PublicKey,
    private: &[u8],
    nonce: [u8; NONCE_BYTES],
) -> Option<Vec<u8>> {
    let payload = Payload { msg: private, aad: &associated_data(public) };
    let sealed = cipher(secret)?.encrypt(&XNonce::from(nonce), payload).ok()?;
    Some([&nonce[..], &sealed].concat())
}

/// Opens a key that was sealed under one of these secrets. Nothing where none fits, or where any part of it was changed.
pub fn open(secrets: &[Secret], algorithm: KeyAlgorithm, stored: &StoredKey) -> Option<SigningKey> {
    let (nonce, sealed) = stored.sealed.split_at_checked(NONCE_BYTES)?;
    let nonce = XNonce::from(<[u8; NONCE_BYTES]>::try_from(nonce).ok()?);
    let public = PublicKey::new(stored.id.clone(), algorithm, stored.public_key.clone())?;
    let aad = associated_data(&public);
    let private = secrets
        .iter()
        .find_map(|secret| cipher(secret)?.decrypt(&nonce, Payload { msg: sealed, aad: &aad }).ok())?;
    SigningKey::new(stored.id.clone(), algorithm, &private).filter(|key| key.public_key() == &public)
}

fn cipher(secret: &Secret) -> Option<XChaCha20Poly1305> {
    let key = signature::sign(std::slice::from_ref(secret), Purpose::SigningKey, b"");
    XChaCha20Poly1305::new_from_slice(&key).ok()
}

/// What the private part belongs to. The name of the algorithm has no NUL, so nothing of it passes for the id.
fn associated_data(public: &PublicKey) -> Vec<u8> {
    [public.algorithm().name().as_bytes(), &[0], public.as_bytes(), public.id().as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::make;

    #[test]
    fn a_key_opens_under_the_secret_it_was_sealed_with_unchanged() {
        let secret = |letter: &str| Secret::new(&letter.repeat(32)).unwrap();
        for algorithm in KeyAlgorithm::ALL {
            let made = make::make(&secret("a"), algorithm).unwrap();
            let stored = StoredKey {
                id: made.public.id().to_owned(),
                public_key: made.public.as_bytes().to_vec(),
                sealed: made.sealed.clone(),
            };
            let opened = open(&[secret("b"), secret("a")], algorithm, &stored).unwrap();
            assert_eq!(opened.public_key(), &made.public);
            assert!(open(&[secret("b")], algorithm, &stored).is_none(), "another secret");
            for position in 0..stored.sealed.len() {
                let mut changed = stored.clone();
                changed.sealed[position] ^= 1;
                assert!(open(&[secret("a")], algorithm, &changed).is_none(), "{position}");
            }
            let renamed = StoredKey { id: "other".to_owned(), ..stored.clone() };
            assert!(open(&[secret("a")], algorithm, &renamed).is_none(), "another id");
            let other = make::make(&secret("a"), algorithm).unwrap();
            let mixed = StoredKey { public_key: other.public.as_bytes().to_vec(), ..stored };
            assert!(open(&[secret("a")], algorithm, &mixed).is_none(), "another public part");
        }
    }
}
