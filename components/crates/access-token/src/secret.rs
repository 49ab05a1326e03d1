//! The key of signatures.

use std::fmt;

use thiserror::Error;

/// A secret that signs and checks. It never shows itself in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// The shortest secret allowed, in bytes: a key for HMAC-SHA-256 has the size of its hash at least
    /// (RFC 7518, section 3.2).
    pub const MIN_BYTES: usize = 32;

    /// Takes a secret as it is configured.
    ///
    /// # Errors
    /// [`SecretError::TooShort`] below [`Secret::MIN_BYTES`].
    pub fn new(secret: &str) -> Result<Self, SecretError> {
        if secret.len() < Self::MIN_BYTES {
            return Err(SecretError::TooShort { bytes: secret.len() });
        }
        Ok(Self(secret.as_bytes().to_vec()))
    }

    /// The key itself.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Secret({} bytes)", self.0.len())
    }
}

/// Why a secret is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SecretError {
    /// It could be guessed.
    #[error("the secret has {bytes} bytes, at least {} are needed", Secret::MIN_BYTES)]
    TooShort {
        /// Its length.
        bytes: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::{Secret, SecretError};

    #[test]
    fn a_secret_below_32_bytes_is_refused() {
        assert_eq!(Secret::new(&"s".repeat(31)), Err(SecretError::TooShort { bytes: 31 }));
        assert!(Secret::new(&"s".repeat(32)).is_ok());
    }

    #[test]
    fn a_secret_does_not_show_itself() {
        let secret = Secret::new("correct horse battery staple correct horse").unwrap();
        assert_eq!(format!("{secret:?}"), "Secret(42 bytes)");
    }
}
