//! Ed25519 (RFC 8032, RFC 8037). A private key is its 32 bytes of seed, a public key its 32 bytes.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use jsonwebtoken::crypto::{JwtSigner, JwtVerifier};
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::signature::{self, Signer, Verifier};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, EncodingKey};

/// The public key of a private one.
pub fn public_key(secret: &[u8]) -> Option<Vec<u8>> {
    let seed: &[u8; 32] = secret.try_into().ok()?;
    Some(SigningKey::from_bytes(seed).verifying_key().to_bytes().to_vec())
}

/// A key to sign with.
pub struct Signing(SigningKey);

impl Signing {
    pub fn new(key: &EncodingKey) -> Result<Self, Error> {
        let seed: Option<&[u8; 32]> = key.as_bytes().try_into().ok();
        seed.filter(|_| key.family() == AlgorithmFamily::Ed)
            .map(|seed| Self(SigningKey::from_bytes(seed)))
            .ok_or_else(|| ErrorKind::InvalidKeyFormat.into())
    }
}

impl Signer<Vec<u8>> for Signing {
    fn try_sign(&self, message: &[u8]) -> Result<Vec<u8>, signature::Error> {
        Ok(self.0.sign(message).to_bytes().to_vec())
    }
}

impl JwtSigner for Signing {
    fn algorithm(&self) -> Algorithm {
        Algorithm::EdDSA
    }
}

/// A key to check with.
pub struct Checking(VerifyingKey);

impl Checking {
    pub fn new(key: &DecodingKey) -> Result<Self, Error> {
        let bytes: Option<&[u8; 32]> = key.try_get_as_bytes()?.try_into().ok();
        bytes
            .filter(|_| key.family() == AlgorithmFamily::Ed)
            .and_then(|bytes| VerifyingKey::from_bytes(bytes).ok())
            .map(Self)
            .ok_or_else(|| ErrorKind::InvalidKeyFormat.into())
    }
}

impl Verifier<Vec<u8>> for Checking {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), signature::Error> {
        let signature = Signature::from_slice(signature).map_err(|_| signature::Error::new())?;
        // Strict: keys and signatures that more than one message would fit are refused.
        self.0.verify_strict(message, &signature).map_err(|_| signature::Error::new())
    }
}

impl JwtVerifier for Checking {
    fn algorithm(&self) -> Algorithm {
        Algorithm::EdDSA
    }
}
