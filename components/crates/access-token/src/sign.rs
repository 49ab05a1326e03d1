//! Issuing a token.

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;
use thiserror::Error;

use crate::{Claims, Secret, SigningKey, crypto};

/// The type of access tokens (RFC 9068, section 2.1).
const ACCESS_TOKEN: &str = "at+jwt";

/// Signs claims.
pub struct Signer {
    header: Header,
    key: EncodingKey,
}

impl Signer {
    /// A signer with the current secret (HS256).
    #[must_use]
    pub fn new(secret: &Secret) -> Self {
        crypto::install();
        Self { header: Header::new(Algorithm::HS256), key: EncodingKey::from_secret(secret.as_bytes()) }
    }

    /// A signer with a pair of keys, which its tokens name.
    #[must_use]
    pub fn with_key(key: &SigningKey) -> Self {
        let public = key.public_key();
        let header =
            Header { kid: Some(public.id().to_owned()), ..Header::new(public.algorithm().in_headers()) };
        Self { header, key: key.encoding_key().clone() }
    }

    /// The access token in its compact form (RFC 7515, section 7.1).
    ///
    /// # Errors
    /// [`SignError`] when the claims can't be written as JSON.
    pub fn sign(&self, claims: &Claims) -> Result<String, SignError> {
        self.sign_typed(ACCESS_TOKEN, claims)
    }

    /// A token of another type, such as `JWT`, that says something else.
    ///
    /// # Errors
    /// [`SignError`] when the claims can't be written as JSON.
    pub fn sign_typed(&self, typ: &str, claims: &impl Serialize) -> Result<String, SignError> {
        let header = Header { typ: Some(typ.to_owned()), ..self.header.clone() };
        jsonwebtoken::encode(&header, claims, &self.key).map_err(|_| SignError)
    }
}

/// The claims can't be written as JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the claims of the token can't be written")]
pub struct SignError;
