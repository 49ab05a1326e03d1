//! What signatures of a pair of keys are checked with, and how it is published (RFC 7517).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::DecodingKey;
use serde_json::{Value, json};

use crate::KeyAlgorithm;

/// The first byte of an uncompressed point (SEC 1, section 2.3.3).
const UNCOMPRESSED: u8 = 4;
/// The size of a coordinate, and of a key of Ed25519, in bytes.
const COORDINATE_BYTES: usize = 32;

/// The public part of a pair of keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    id: String,
    algorithm: KeyAlgorithm,
    bytes: Vec<u8>,
}

impl PublicKey {
    /// A key with this id: 32 bytes of Ed25519, or an uncompressed point of P-256. Nothing for bytes of another length; that a point
    /// is none shows when a signature is checked: none is good.
    #[must_use]
    pub fn new(id: String, algorithm: KeyAlgorithm, bytes: Vec<u8>) -> Option<Self> {
        let fits = match algorithm {
            KeyAlgorithm::EdDsa => bytes.len() == COORDINATE_BYTES,
            KeyAlgorithm::Es256 => {
                bytes.len() == 2 * COORDINATE_BYTES + 1 && bytes.first() == Some(&UNCOMPRESSED)
            }
        };
        fits.then_some(Self { id, algorithm, bytes })
    }

    /// The key that a JSON Web Key describes, if it is a public one for signatures of a known algorithm.
    #[must_use]
    pub fn from_jwk(jwk: &Value) -> Option<Self> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        let coordinate = |name: &str| {
            let bytes = URL_SAFE_NO_PAD.decode(text(name)?).ok()?;
            (bytes.len() == COORDINATE_BYTES).then_some(bytes)
        };
        let (algorithm, bytes) = match (text("kty")?, text("crv")?) {
            ("OKP", "Ed25519") => (KeyAlgorithm::EdDsa, coordinate("x")?),
            ("EC", "P-256") => {
                (KeyAlgorithm::Es256, [vec![UNCOMPRESSED], coordinate("x")?, coordinate("y")?].concat())
            }
            _ => return None,
        };
        let id = text("kid").unwrap_or_default().to_owned();
        is_for_signatures(jwk, algorithm.name()).then(|| Self::new(id, algorithm, bytes)).flatten()
    }

    /// The key as a JSON Web Key.
    #[must_use]
    pub fn to_jwk(&self) -> Value {
        let encode = |bytes: Option<&[u8]>| URL_SAFE_NO_PAD.encode(bytes.unwrap_or_default());
        let (id, algorithm) = (&self.id, self.algorithm.name());
        match self.algorithm {
            KeyAlgorithm::EdDsa => json!({
                "kty": "OKP", "crv": "Ed25519", "x": encode(Some(&self.bytes)), "kid": id, "alg": algorithm, "use": "sig",
            }),
            KeyAlgorithm::Es256 => {
                let (x, y) = (self.bytes.get(1..=COORDINATE_BYTES), self.bytes.get(COORDINATE_BYTES + 1..));
                json!({
                    "kty": "EC", "crv": "P-256", "x": encode(x), "y": encode(y), "kid": id, "alg": algorithm, "use": "sig",
                })
            }
        }
    }

    /// What names it in headers (`kid`, RFC 7515, section 4.1.4).
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// How it signs.
    #[must_use]
    pub fn algorithm(&self) -> KeyAlgorithm {
        self.algorithm
    }

    /// Its bytes, as [`PublicKey::new`] takes them.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn decoding_key(&self) -> DecodingKey {
        self.algorithm.decoding_key(&self.bytes)
    }
}

/// Whether a JSON Web Key is a public one that checks signatures of this algorithm, as far as it says (RFC 7517, section 4).
pub(crate) fn is_for_signatures(jwk: &Value, algorithm: &str) -> bool {
    let text = |name: &str| jwk.get(name).and_then(Value::as_str);
    let is_private = jwk.get("d").is_some();
    let checks = jwk.get("key_ops").is_none_or(|operations| {
        operations.as_array().is_some_and(|all| all.iter().any(|operation| operation == "verify"))
    });
    !is_private
        && checks
        && text("use").is_none_or(|purpose| purpose == "sig")
        && text("alg").is_none_or(|name| name == algorithm)
}
