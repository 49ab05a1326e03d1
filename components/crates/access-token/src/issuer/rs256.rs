//! RSA signatures (RS256: RSASSA-PKCS1-v1_5 with SHA-256, RFC 7518, section 3.3). They are checked, never made: there is no private key in
//! the app, so nothing that its times could tell.
//!
//! They are not among the algorithms of `crypto`, which every component has: what checks tokens of another issuer has RSA, and nothing else.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::signature::Verifier as _;
use rsa::traits::PublicKeyParts as _;
use rsa::{BoxedUint, PublicKey};
use sha2::Sha256;

use crate::VerifyError;

/// The smallest key (RFC 7518, section 3.3), in bits.
const MIN_BITS: u32 = 2048;
/// The largest one: checking costs more with each bit.
const MAX_BYTES: usize = 4096 / 8;
/// The largest exponent, in bytes; nearly all keys have 65537.
const MAX_EXPONENT_BYTES: usize = 4;

/// A public key.
#[derive(Debug, Clone)]
pub struct RsaKey(VerifyingKey<Sha256>);

impl RsaKey {
    /// The key with this modulus and exponent, if it is neither too small nor too large.
    pub fn new(modulus: &[u8], exponent: &[u8]) -> Option<Self> {
        let fits = modulus.len() <= MAX_BYTES && exponent.len() <= MAX_EXPONENT_BYTES;
        if !fits {
            return None;
        }
        let number = BoxedUint::from_be_slice_vartime;
        let key = PublicKey::new(number(modulus), number(exponent)).ok()?;
        (key.n().bit_width() >= MIN_BITS).then(|| Self(VerifyingKey::new(key)))
    }

    /// Whether it signed this token.
    pub fn check(&self, token: &str) -> Result<(), VerifyError> {
        let (message, signature) = token.rsplit_once('.').ok_or(VerifyError::Malformed)?;
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| VerifyError::Malformed)?;
        let signature = Signature::try_from(signature.as_slice()).map_err(|_| VerifyError::BadSignature)?;
        self.0.verify(message.as_bytes(), &signature).map_err(|_| VerifyError::BadSignature)
    }
}
