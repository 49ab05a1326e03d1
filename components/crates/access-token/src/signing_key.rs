//! What signs with a pair of keys.

use std::fmt;

use jsonwebtoken::EncodingKey;

use crate::{KeyAlgorithm, PublicKey, crypto};

/// A pair of keys. It never shows its private part in logs.
pub struct SigningKey {
    public: PublicKey,
    encoding: EncodingKey,
}

impl SigningKey {
    /// How many random bytes a private key is.
    pub const SECRET_BYTES: usize = 32;

    /// The pair with this id whose private part are these random bytes. Nothing for the few that are no key of P-256.
    #[must_use]
    pub fn new(id: String, algorithm: KeyAlgorithm, secret: &[u8]) -> Option<Self> {
        crypto::install();
        let public = PublicKey::new(id, algorithm, algorithm.public_key(secret)?)?;
        Some(Self { public, encoding: algorithm.encoding_key(secret) })
    }

    /// What its signatures are checked with.
    #[must_use]
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }

    pub(crate) fn encoding_key(&self) -> &EncodingKey {
        &self.encoding
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SigningKey({}, {})", self.public.id(), self.public.algorithm().name())
    }
}
