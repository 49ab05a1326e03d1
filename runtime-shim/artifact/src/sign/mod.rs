//! Signatures as cosign makes and checks them: ECDSA on P-256 over a small document that names a manifest's digest, in the
//! format that all its versions read and in the one that version 3 writes.

mod bundle;
mod payload;
mod sealed;

pub use bundle::Bundle;
pub use payload::Payload;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use p256::pkcs8::{DecodePrivateKey as _, DecodePublicKey as _, EncodePublicKey as _};
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};

/// Why a key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file.
    #[error("cannot read the key {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// No key, or one of another kind.
    #[error("{path} is no {wanted}: {reason}")]
    Kind {
        /// The file.
        path: PathBuf,
        /// What is wanted.
        wanted: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// An encrypted key without its password.
    #[error("the key {path} is encrypted: give its password in COSIGN_PASSWORD")]
    NoPassword {
        /// The file.
        path: PathBuf,
    },
    /// A wrong password, or a damaged key.
    #[error("the key {path} does not open: is COSIGN_PASSWORD right?")]
    Sealed {
        /// The file.
        path: PathBuf,
    },
}

const PRIVATE: &str = "private key (ECDSA P-256 in PKCS#8, or as `cosign generate-key-pair` writes it)";
const PUBLIC: &str = "public key (ECDSA P-256, PEM)";

/// Signs.
pub struct Key(SigningKey);

impl Key {
    /// Reads the private key in `path`; `password` opens it where cosign has encrypted it.
    ///
    /// # Errors
    /// [`KeyError`], which holds nothing of key or password.
    pub fn read(path: &Path, password: Option<&str>) -> Result<Self, KeyError> {
        let text = read(path)?;
        let wrong = |reason: String| KeyError::Kind { path: path.to_owned(), wanted: PRIVATE, reason };
        let key = match sealed::body(&text) {
            Some(body) => {
                let password = password.ok_or_else(|| KeyError::NoPassword { path: path.to_owned() })?;
                let der = sealed::open(&body.map_err(wrong)?, password)
                    .ok_or_else(|| KeyError::Sealed { path: path.to_owned() })?;
                SigningKey::from_pkcs8_der(&der)
            }
            None => SigningKey::from_pkcs8_pem(&text),
        };
        key.map(Self).map_err(|e| wrong(e.to_string()))
    }

    /// The signature over `content`, in base64. The same for the same content: nothing is drawn by chance.
    pub fn sign(&self, content: &[u8]) -> String {
        let signature: Signature = self.0.sign(content);
        BASE64_STANDARD.encode(signature.to_der())
    }

    /// The key that checks it.
    pub fn public(&self) -> PublicKey {
        PublicKey(*self.0.verifying_key())
    }
}

/// Checks signatures.
#[derive(Clone, Debug)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads the public key in `path`.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        VerifyingKey::from_public_key_pem(&read(path)?).map(Self).map_err(|e| KeyError::Kind {
            path: path.to_owned(),
            wanted: PUBLIC,
            reason: e.to_string(),
        })
    }

    /// What a bundle calls this key: the digest of its DER form, in base64.
    fn hint(&self) -> String {
        let der = self.0.to_public_key_der().map(|der| der.into_vec()).unwrap_or_default();
        BASE64_STANDARD.encode(Sha256::digest(der))
    }

    /// Whether `signature` (base64) over `content` is by this key.
    pub fn verifies(&self, content: &[u8], signature: &str) -> bool {
        let signature = BASE64_STANDARD.decode(signature).ok().and_then(|der| Signature::from_der(&der).ok());
        signature.is_some_and(|signature| self.0.verify(content, &signature).is_ok())
    }
}

fn read(path: &Path) -> Result<String, KeyError> {
    std::fs::read_to_string(path).map_err(|source| KeyError::Read { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests;
