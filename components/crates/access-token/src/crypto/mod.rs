//! The algorithms of tokens for `jsonwebtoken`: HMAC-SHA-256, Ed25519 and ECDSA with P-256, and no other.
//!
//! Its ready-made back end brings RSA and another curve along: about a megabyte of WebAssembly in every endpoint,
//! for algorithms that must be refused anyway. With this one they do not exist. RSA of another issuer is checked beside it (`issuer`), in the
//! one component that checks tokens.

mod eddsa;
mod es256;
mod hs256;

use jsonwebtoken::Algorithm;
use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{DecodingKey, EncodingKey};

pub use eddsa::public_key as ed25519_public_key;
pub use es256::public_key as p256_public_key;

/// Makes `jsonwebtoken` use this module. Only the first call in a process has an effect.
pub fn install() {
    // An error says that a provider is there already; the only one in this process is this one.
    let _ = PROVIDER.install_default();
}

static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: sign_by,
    verifier_factory: check_by,
    key_utils: KeyUtils::new_unimplemented(),
};

fn sign_by(algorithm: &Algorithm, key: &EncodingKey) -> Result<Box<dyn JwtSigner>, Error> {
    match algorithm {
        Algorithm::HS256 => Ok(Box::new(hs256::Hs256::for_signing(key)?)),
        Algorithm::EdDSA => Ok(Box::new(eddsa::Signing::new(key)?)),
        Algorithm::ES256 => Ok(Box::new(es256::Signing::new(key)?)),
        _ => Err(ErrorKind::UnsupportedAlgorithm.into()),
    }
}

fn check_by(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>, Error> {
    match algorithm {
        Algorithm::HS256 => Ok(Box::new(hs256::Hs256::for_checking(key)?)),
        Algorithm::EdDSA => Ok(Box::new(eddsa::Checking::new(key)?)),
        Algorithm::ES256 => Ok(Box::new(es256::Checking::new(key)?)),
        _ => Err(ErrorKind::UnsupportedAlgorithm.into()),
    }
}
