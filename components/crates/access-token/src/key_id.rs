//! Ids of keys that the app made. An id says by itself that it was given here, so one that a stranger made up has nothing looked for.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::Secret;

/// How many random bytes an id begins with.
pub const KEY_ID_BYTES: usize = 12;
/// How many bytes of a signature follow. Who guesses one has a key looked for in vain, and no more.
const TAG_BYTES: usize = 8;

/// The id that these random bytes make under a secret.
#[must_use]
pub fn new_key_id(secret: &Secret, random: [u8; KEY_ID_BYTES]) -> String {
    let tag = tag(secret, &random);
    URL_SAFE_NO_PAD.encode([&random[..], tag.get(..TAG_BYTES).unwrap_or_default()].concat())
}

/// Whether an id was made under one of these secrets.
pub fn is_own_key_id<'a>(secrets: impl IntoIterator<Item = &'a Secret>, id: &str) -> bool {
    let Ok(bytes) = URL_SAFE_NO_PAD.decode(id) else { return false };
    let Some((random, given)) = bytes.split_at_checked(KEY_ID_BYTES) else { return false };
    given.len() == TAG_BYTES && secrets.into_iter().any(|secret| tag(secret, random).starts_with(given))
}

/// HMAC takes a key of any length, so there always is one. The secret signs other things too: a key of its own keeps them apart.
fn tag(secret: &Secret, random: &[u8]) -> Vec<u8> {
    let keyed = |key: &[u8], message: &[u8]| {
        let mac = Hmac::<Sha256>::new_from_slice(key).map(|mac| mac.chain_update(message));
        mac.map(|mac| mac.finalize().into_bytes().to_vec()).unwrap_or_default()
    };
    keyed(&keyed(secret.as_bytes(), b"access-token/key-id\0"), random)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_known_where_it_was_made() {
        let secret = |letter: &str| Secret::new(&letter.repeat(32)).unwrap();
        let id = new_key_id(&secret("a"), [7; KEY_ID_BYTES]);
        assert_eq!(id.len(), 27);
        assert!(is_own_key_id([&secret("a")], &id));
        assert!(is_own_key_id([&secret("b"), &secret("a")], &id), "the secret before still counts");
        assert!(!is_own_key_id([&secret("b")], &id));
        let other = new_key_id(&secret("b"), [7; KEY_ID_BYTES]);
        for wrong in ["", "a", "../../etc/passwd", &id[..26], &id[..16], &format!("{id}A"), &other] {
            assert!(!is_own_key_id([&secret("a")], wrong), "{wrong}");
        }
    }
}
