//! The request that a consent page was shown for, as the page's form brings it back: signed for the session that it was shown to,
//! and good for a while. So no other site can send the form (CSRF), and nothing in it can be changed.

use access_token::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::{ErrorCode, OAuthError};
use crate::signature::{self, Purpose};

/// How long a page may stay open before its form is refused, in seconds.
const LIFETIME_SECONDS: i64 = 10 * 60;

/// A request that was shown to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown<T> {
    /// The request.
    pub asked: T,
    /// Until when the form counts, in seconds since 1970-01-01T00:00:00Z.
    expires_at: i64,
}

impl<T: Serialize + DeserializeOwned> Shown<T> {
    /// A request that is shown now, in microseconds since 1970-01-01T00:00:00Z.
    pub fn new(asked: T, now_us: i64) -> Self {
        Self { asked, expires_at: now_us / 1_000_000 + LIFETIME_SECONDS }
    }

    /// Signs it for a session: what the form carries.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn sign(&self, secrets: &[Secret], purpose: Purpose, session: &[u8]) -> Result<String, OAuthError> {
        let json = serde_json::to_vec(self).map_err(|error| OAuthError::internal(&error.to_string()))?;
        let signature = signature::sign(secrets, purpose, &message(session, &json));
        Ok(format!("{}.{}", URL_SAFE_NO_PAD.encode(&json), URL_SAFE_NO_PAD.encode(signature)))
    }

    /// Reads what a form brought back to the same session.
    ///
    /// # Errors
    /// `access_denied` when it was signed for nobody here, or is too old.
    pub fn open(
        text: &str,
        secrets: &[Secret],
        purpose: Purpose,
        session: &[u8],
        now_us: i64,
    ) -> Result<Self, OAuthError> {
        let refused = || {
            let sentence = "This page was open for too long, or is not the one that was shown to you. Start again in the \
                            program that sent you here.";
            OAuthError::new(ErrorCode::AccessDenied, sentence)
        };
        let (json, signature) = text.split_once('.').ok_or_else(refused)?;
        let json = URL_SAFE_NO_PAD.decode(json).map_err(|_| refused())?;
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| refused())?;
        if !signature::is_signed(secrets, purpose, &message(session, &json), &signature) {
            return Err(refused());
        }
        let shown: Self = serde_json::from_slice(&json).map_err(|_| refused())?;
        if now_us / 1_000_000 >= shown.expires_at { Err(refused()) } else { Ok(shown) }
    }
}

/// What is signed: the session's hash has a fixed length, so nothing of it can pass for the request.
fn message(session: &[u8], json: &[u8]) -> Vec<u8> {
    [session, json].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_000_000_000_000;

    #[test]
    fn a_form_counts_in_its_session_unchanged_and_for_ten_minutes() {
        let secrets = [Secret::new(&"s".repeat(32)).unwrap()];
        let shown = Shown::new("tasks:read".to_owned(), NOW);
        let signed = shown.sign(&secrets, Purpose::Consent, &[1; 32]).unwrap();
        let open = |text: &str, purpose, session: &[u8], now| {
            Shown::<String>::open(text, &secrets, purpose, session, now).map(|shown| shown.asked)
        };
        assert_eq!(open(&signed, Purpose::Consent, &[1; 32], NOW).unwrap(), "tasks:read");
        assert!(open(&signed, Purpose::Consent, &[2; 32], NOW).is_err(), "another session");
        assert!(open(&signed, Purpose::DeviceConsent, &[1; 32], NOW).is_err(), "another page");
        assert!(open(&signed, Purpose::Consent, &[1; 32], NOW + 600_000_000).is_err(), "too late");
        let wider = Shown::new("tasks:delete".to_owned(), NOW);
        let wider = URL_SAFE_NO_PAD.encode(serde_json::to_string(&wider).unwrap());
        let forged = format!("{wider}.{}", signed.split_once('.').unwrap().1);
        for text in [forged.as_str(), "", ".", "a.b", "a"] {
            assert!(open(text, Purpose::Consent, &[1; 32], NOW).is_err(), "{text}");
        }
    }
}
