//! How a pair of keys signs.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};

use crate::crypto;

/// How a pair of keys signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyAlgorithm {
    /// Ed25519 (RFC 8037).
    EdDsa,
    /// ECDSA with P-256 and SHA-256 (RFC 7518, section 3.4).
    Es256,
}

impl KeyAlgorithm {
    /// Both.
    pub const ALL: [Self; 2] = [Self::EdDsa, Self::Es256];

    /// Its name in headers (RFC 7518, section 3.1; RFC 8037, section 3.1).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::EdDsa => "EdDSA",
            Self::Es256 => "ES256",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }

    pub(crate) const fn from_header(algorithm: Algorithm) -> Option<Self> {
        match algorithm {
            Algorithm::EdDSA => Some(Self::EdDsa),
            Algorithm::ES256 => Some(Self::Es256),
            _ => None,
        }
    }

    pub(crate) const fn in_headers(self) -> Algorithm {
        match self {
            Self::EdDsa => Algorithm::EdDSA,
            Self::Es256 => Algorithm::ES256,
        }
    }

    pub(crate) fn encoding_key(self, secret: &[u8]) -> EncodingKey {
        match self {
            Self::EdDsa => EncodingKey::from_ed_der(secret),
            Self::Es256 => EncodingKey::from_ec_der(secret),
        }
    }

    pub(crate) fn decoding_key(self, bytes: &[u8]) -> DecodingKey {
        match self {
            Self::EdDsa => DecodingKey::from_ed_der(bytes),
            Self::Es256 => DecodingKey::from_ec_der(bytes),
        }
    }

    pub(crate) fn public_key(self, secret: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::EdDsa => crypto::ed25519_public_key(secret),
            Self::Es256 => crypto::p256_public_key(secret),
        }
    }
}
