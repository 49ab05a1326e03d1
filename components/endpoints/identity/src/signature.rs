//! Signed values, as Better Auth's cookies have them: `<value>.<signature>`, the signature being the padded base64 of
//! HMAC-SHA-256 over the value.
//!
//! The same secret signs access tokens. What is signed there always has a `.` in it, a cookie's value never: neither can
//! be taken for the other.

use access_token::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::settings::Settings;

/// The value with its signature.
pub fn sign(settings: &Settings, value: &str) -> String {
    let signature = mac(&settings.secret, value.as_bytes())
        .map(|mac| STANDARD.encode(mac.finalize().into_bytes()))
        .unwrap_or_default();
    format!("{value}.{signature}")
}

/// The value, if the current secret or the one before signed it.
pub fn open<'a>(settings: &Settings, signed: &'a str) -> Option<&'a str> {
    session_cookie::open_signed(settings.secrets(), signed)
}

/// A key that stands for `text` and does not tell it: HMAC-SHA-256 under the current secret, apart from signatures by
/// its `purpose`.
pub fn key_for(settings: &Settings, purpose: &str, text: &str) -> Vec<u8> {
    derive_key(&settings.secret, purpose, text)
}

/// The same under this secret.
pub fn derive_key(secret: &Secret, purpose: &str, text: &str) -> Vec<u8> {
    let message = [purpose.as_bytes(), &[0], text.as_bytes()].concat();
    mac(secret, &message).map(|mac| mac.finalize().into_bytes().to_vec()).unwrap_or_default()
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub fn is_equal(one: &str, other: &str) -> bool {
    let differences = one.bytes().zip(other.bytes()).fold(0, |found, (one, other)| found | (one ^ other));
    one.len() == other.len() && differences == 0
}

/// HMAC takes a key of any length, so there always is one.
fn mac(secret: &Secret, message: &[u8]) -> Option<Hmac<Sha256>> {
    Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok().map(|mac| mac.chain_update(message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings;

    #[test]
    fn a_signed_value_is_opened_and_a_changed_one_is_not() {
        let settings = settings::example();
        let signed = sign(&settings, "token");
        assert_eq!(open(&settings, &signed), Some("token"));
        for changed in [
            signed.replacen("token", "tokem", 1),
            signed.trim_end_matches('=').to_owned(),
            "token".to_owned(),
            "token.".to_owned(),
            ".".to_owned(),
            String::new(),
            format!("a.{signed}"),
        ] {
            assert_eq!(open(&settings, &changed), None, "{changed}");
        }
    }

    #[test]
    fn the_secret_before_still_opens() {
        let old = settings::example();
        let signed = sign(&old, "token");
        let secret = Secret::new(&"n".repeat(32)).unwrap();
        let previous = Some(old.secret.clone());
        let rotated = Settings { secret, previous, ..settings::example() };
        assert_eq!(open(&rotated, &signed), Some("token"));
        assert_eq!(open(&Settings { previous: None, ..rotated }, &signed), None);
    }

    #[test]
    fn the_signature_is_the_one_better_auth_makes() {
        // Made with `serializeSignedCookie` of better-call 1.4.0 and this secret.
        let settings = settings::example();
        assert_eq!(
            sign(&settings, "AbCdEfGhIjKlMnOpQrStUvWxYz012345"),
            include_str!("../tests/signed_cookie.txt").trim()
        );
    }
}
