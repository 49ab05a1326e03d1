//! ECDSA with P-256 and SHA-256 (RFC 7518, section 3.4). A private key is its 32 bytes of scalar, a public key its uncompressed point
//! (SEC 1, section 2.3.3).

use jsonwebtoken::crypto::{JwtSigner, JwtVerifier};
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::signature::{self, Signer, Verifier};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, EncodingKey};
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};

/// The public key of a private one.
pub fn public_key(secret: &[u8]) -> Option<Vec<u8>> {
    let key = SigningKey::from_slice(secret).ok()?;
    Some(key.verifying_key().to_sec1_point(false).as_bytes().to_vec())
}

/// A key to sign with.
pub struct Signing(SigningKey);

impl Signing {
    pub fn new(key: &EncodingKey) -> Result<Self, Error> {
        let scalar = (key.family() == AlgorithmFamily::Ec).then(|| key.as_bytes());
        scalar
            .and_then(|scalar| SigningKey::from_slice(scalar).ok())
            .map(Self)
            .ok_or_else(|| ErrorKind::InvalidKeyFormat.into())
    }
}

impl Signer<Vec<u8>> for Signing {
    fn try_sign(&self, message: &[u8]) -> Result<Vec<u8>, signature::Error> {
        let signature: Signature = self.0.try_sign(message).map_err(|_| signature::Error::new())?;
        Ok(signature.to_bytes().to_vec())
    }
}

impl JwtSigner for Signing {
    fn algorithm(&self) -> Algorithm {
        Algorithm::ES256
    }
}

/// A key to check with.
pub struct Checking(VerifyingKey);

impl Checking {
    pub fn new(key: &DecodingKey) -> Result<Self, Error> {
        let point = key.try_get_as_bytes()?;
        (key.family() == AlgorithmFamily::Ec)
            .then(|| VerifyingKey::from_sec1_bytes(point).ok())
            .flatten()
            .map(Self)
            .ok_or_else(|| ErrorKind::InvalidKeyFormat.into())
    }
}

impl Verifier<Vec<u8>> for Checking {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), signature::Error> {
        let signature = Signature::from_slice(signature).map_err(|_| signature::Error::new())?;
        self.0.verify(message, &signature).map_err(|_| signature::Error::new())
    }
}

impl JwtVerifier for Checking {
    fn algorithm(&self) -> Algorithm {
        Algorithm::ES256
    }
}
