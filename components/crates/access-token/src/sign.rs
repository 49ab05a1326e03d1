//! Issuing a token.

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use thiserror::Error;

use crate::{Claims, Secret, hs256};

/// Signs claims with the current secret.
pub struct Signer {
    key: EncodingKey,
}

impl Signer {
    /// A signer with the current secret.
    #[must_use]
    pub fn new(secret: &Secret) -> Self {
        hs256::install();
        Self { key: EncodingKey::from_secret(secret.as_bytes()) }
    }

    /// The token in its compact form (RFC 7515, section 7.1), of type `at+jwt` (RFC 9068, section 2.1).
    ///
    /// # Errors
    /// [`SignError`] when the claims can't be written as JSON.
    pub fn sign(&self, claims: &Claims) -> Result<String, SignError> {
        let header = Header { typ: Some("at+jwt".to_owned()), ..Header::new(Algorithm::HS256) };
        jsonwebtoken::encode(&header, claims, &self.key).map_err(|_| SignError)
    }
}

/// The claims can't be written as JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the claims of the token can't be written")]
pub struct SignError;
