//! HMAC-SHA-256 for `jsonwebtoken`, and nothing else.
//!
//! Its ready-made back end brings RSA and elliptic curves along: about a megabyte of WebAssembly in every endpoint,
//! and an `rsa` crate with an open advisory, for algorithms that must be refused anyway. With this one they do not exist.

use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::signature::{self, Signer, Verifier};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, EncodingKey};
use sha2::Sha256;

/// Makes `jsonwebtoken` use this module. Only the first call in a process has an effect.
pub fn install() {
    // An error says that a provider is there already; the only one in this process is this one.
    let _ = PROVIDER.install_default();
}

static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: |algorithm, key| Ok(Box::new(Hs256::for_signing(*algorithm, key)?)),
    verifier_factory: |algorithm, key| Ok(Box::new(Hs256::for_checking(*algorithm, key)?)),
    key_utils: KeyUtils::new_unimplemented(),
};

/// A key in use.
struct Hs256(Hmac<Sha256>);

impl Hs256 {
    fn for_signing(algorithm: Algorithm, key: &EncodingKey) -> Result<Self, Error> {
        require_hs256(algorithm, key.family())?;
        Self::keyed(key.as_bytes())
    }

    fn for_checking(algorithm: Algorithm, key: &DecodingKey) -> Result<Self, Error> {
        require_hs256(algorithm, key.family())?;
        Self::keyed(key.try_get_as_bytes()?)
    }

    fn keyed(key: &[u8]) -> Result<Self, Error> {
        Hmac::new_from_slice(key).map(Self).map_err(|_| ErrorKind::InvalidKeyFormat.into())
    }
}

fn require_hs256(algorithm: Algorithm, family: AlgorithmFamily) -> Result<(), Error> {
    if algorithm == Algorithm::HS256 && family == AlgorithmFamily::Hmac {
        Ok(())
    } else {
        Err(ErrorKind::UnsupportedAlgorithm.into())
    }
}

impl Signer<Vec<u8>> for Hs256 {
    fn try_sign(&self, message: &[u8]) -> Result<Vec<u8>, signature::Error> {
        Ok(self.0.clone().chain_update(message).finalize().into_bytes().to_vec())
    }
}

impl Verifier<Vec<u8>> for Hs256 {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), signature::Error> {
        // Compares in constant time.
        self.0.clone().chain_update(message).verify_slice(signature).map_err(|_| signature::Error::new())
    }
}

impl JwtSigner for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

impl JwtVerifier for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}
