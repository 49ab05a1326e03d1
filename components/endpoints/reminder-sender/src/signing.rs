//! Signatures by the scheme of Standard Webhooks (standardwebhooks.com): HMAC-SHA256 over id, timestamp and message.
//!
//! A webhook's secret is made of the app's own secret, the user and the webhook's key id, so that none is stored. While the app's secret
//! is rotated there are two, and each message has a signature by both: the scheme takes several.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

/// What a secret begins with.
const PREFIX: &str = "whsec_";

/// The signing secret of a webhook.
pub struct WebhookSecret([u8; 32]);

impl WebhookSecret {
    /// The secret of a user's webhook.
    pub fn derive(app_secret: &str, user_id: &str, key_id: Uuid) -> Self {
        Self(mac(app_secret.as_bytes(), &format!("todo webhook\n{user_id}\n{key_id}")))
    }

    /// As its owner gets it.
    pub fn text(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(self.0))
    }

    /// A signature of a message, for the header `webhook-signature`.
    pub fn sign(&self, id: &str, timestamp: i64, message: &str) -> String {
        format!("v1,{}", STANDARD.encode(mac(&self.0, &format!("{id}.{timestamp}.{message}"))))
    }
}

/// Whether two secrets are the same, in a time that tells nothing of where they differ.
pub fn is_same(given: &str, expected: &str) -> bool {
    // Under a key that nobody outside knows, texts that differ late look no closer than others.
    !expected.is_empty() && mac(expected.as_bytes(), given) == mac(expected.as_bytes(), expected)
}

fn mac(key: &[u8], text: &str) -> [u8; 32] {
    // HMAC takes a key of any length (RFC 2104, section 2).
    Hmac::<Sha256>::new_from_slice(key)
        .map(|mac| mac.chain_update(text.as_bytes()).finalize().into_bytes().into())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_signed_as_the_scheme_says() {
        // The example of the specification's reference implementations.
        let secret: [u8; 24] =
            STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap().try_into().unwrap();
        let signed = mac(&secret, r#"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}"#);
        assert_eq!(STANDARD.encode(signed), "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_secret_is_its_users_and_its_keys_alone() {
        let key = Uuid::from_u128(1);
        let secret = WebhookSecret::derive("app", "ann", key).text();
        assert!(secret.starts_with("whsec_") && secret.len() == 50, "{secret}");
        for other in [
            WebhookSecret::derive("other", "ann", key),
            WebhookSecret::derive("app", "bob", key),
            WebhookSecret::derive("app", "ann", Uuid::from_u128(2)),
        ] {
            assert_ne!(other.text(), secret);
        }
    }

    #[test]
    fn a_secret_is_compared_whole_and_an_empty_one_is_nobodys() {
        assert!(is_same("secret", "secret"));
        for given in ["", "secre", "secrets", "Secret"] {
            assert!(!is_same(given, "secret"), "{given}");
        }
        assert!(!is_same("", ""));
    }
}
