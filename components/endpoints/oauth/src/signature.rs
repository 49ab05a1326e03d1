//! Signing what a browser or a program keeps and brings back.

use access_token::Secret;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What is signed is good for its purpose alone: each has a key of its own. The same secret signs cookies and access tokens.
#[derive(Debug, Clone, Copy)]
pub enum Purpose {
    /// The request that a consent page was shown for.
    Consent,
    /// A refresh token.
    RefreshToken,
    /// What registrations from a network are counted under.
    Registration,
    /// The request that the page for a device was shown for.
    DeviceConsent,
    /// What devices that ask from a network are counted under.
    DeviceCode,
    /// What codes that a person tries are counted under.
    UserCode,
    /// What documents that a person's requests fetch are counted under.
    DocumentFetch,
    /// The request that a page to sign out was shown for.
    EndSession,
    /// What tokens by which a program proved who it is are counted under.
    ClientAssertion,
    /// What seals private keys.
    SigningKey,
}

impl Purpose {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Consent => b"oauth/consent",
            Self::RefreshToken => b"oauth/refresh-token",
            Self::Registration => b"oauth/registration",
            Self::DeviceConsent => b"oauth/device-consent",
            Self::DeviceCode => b"oauth/device-code",
            Self::UserCode => b"oauth/user-code",
            Self::DocumentFetch => b"oauth/document-fetch",
            Self::ClientAssertion => b"oauth/client-assertion",
            Self::EndSession => b"oauth/end-session",
            Self::SigningKey => b"oauth/signing-key",
        }
    }
}

/// HMAC-SHA-256 over the message under the first secret, the current one.
pub fn sign(secrets: &[Secret], purpose: Purpose, message: &[u8]) -> Vec<u8> {
    let signed = secrets.first().and_then(|secret| keyed(secret, purpose));
    signed.map(|mac| mac.chain_update(message).finalize().into_bytes().to_vec()).unwrap_or_default()
}

/// Whether one of the secrets made this signature. Compares in constant time.
pub fn is_signed(secrets: &[Secret], purpose: Purpose, message: &[u8], signature: &[u8]) -> bool {
    secrets
        .iter()
        .filter_map(|secret| keyed(secret, purpose))
        .any(|mac| mac.chain_update(message).verify_slice(signature).is_ok())
}

/// Whether two hashes are the same. How long it takes does not tell where they differ: what is compared are their own hashes.
pub fn are_equal(one: &[u8], other: &[u8]) -> bool {
    use sha2::Digest as _;
    Sha256::digest(one) == Sha256::digest(other)
}

/// HMAC takes a key of any length, so there always is one.
fn keyed(secret: &Secret, purpose: Purpose) -> Option<Hmac<Sha256>> {
    let derived = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .ok()?
        .chain_update(purpose.label())
        .chain_update([0]);
    Hmac::<Sha256>::new_from_slice(&derived.finalize().into_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_good_for_its_purpose_and_its_message_alone() {
        let secret = |letter: &str| Secret::new(&letter.repeat(32)).unwrap();
        let (old, new) = ([secret("a")], [secret("b"), secret("a")]);
        let signature = sign(&old, Purpose::Consent, b"message");
        assert!(is_signed(&old, Purpose::Consent, b"message", &signature));
        assert!(is_signed(&new, Purpose::Consent, b"message", &signature), "the secret before still counts");
        assert!(!is_signed(&old, Purpose::RefreshToken, b"message", &signature));
        assert!(!is_signed(&old, Purpose::Consent, b"massage", &signature));
        assert!(!is_signed(&[secret("c")], Purpose::Consent, b"message", &signature));
        assert!(!is_signed(&old, Purpose::Consent, b"message", b""));
    }
}
