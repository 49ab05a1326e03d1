//! The public keys of another issuer, as it publishes them (RFC 7517).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::Algorithm;
use serde_json::Value;

use crate::public_key::is_for_signatures;
use crate::verify::{decode, read_payload};
use crate::{PublicKey, VerifyError};

use super::claims::IssuerClaims;
use super::rs256::RsaKey;

/// How many keys of a set are read. Issuers have one or two, and a few that are retired.
pub const MAX_KEYS: usize = 32;

/// A public key of another issuer.
#[derive(Debug, Clone)]
pub struct IssuerKey {
    id: Option<String>,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Pair(PublicKey),
    Rsa(RsaKey),
}

impl IssuerKey {
    /// The key that a JSON Web Key describes, if it is a public one for signatures with EdDSA, ES256 or RS256.
    #[must_use]
    pub fn from_jwk(jwk: &Value) -> Option<Self> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        let kind = if text("kty")? == "RSA" {
            let bytes = |name: &str| URL_SAFE_NO_PAD.decode(text(name)?).ok();
            let key = RsaKey::new(&bytes("n")?, &bytes("e")?)?;
            is_for_signatures(jwk, "RS256").then_some(Kind::Rsa(key))?
        } else {
            Kind::Pair(PublicKey::from_jwk(jwk)?)
        };
        Some(Self { id: text("kid").map(str::to_owned), kind })
    }

    /// The keys of a set (RFC 7517, section 5) that can be used here, [`MAX_KEYS`] at most. Nothing for what is no set.
    #[must_use]
    pub fn read_set(document: &Value) -> Option<Vec<Self>> {
        let keys = document.get("keys")?.as_array()?;
        Some(keys.iter().filter_map(Self::from_jwk).take(MAX_KEYS).collect())
    }

    pub(super) fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    pub(super) fn algorithm(&self) -> Algorithm {
        match &self.kind {
            Kind::Pair(key) => key.algorithm().in_headers(),
            Kind::Rsa(_) => Algorithm::RS256,
        }
    }

    /// What a token says, if this key signed it.
    pub(super) fn read(&self, token: &str) -> Result<IssuerClaims, VerifyError> {
        match &self.kind {
            Kind::Pair(key) => decode(token, self.algorithm(), &key.decoding_key()),
            Kind::Rsa(key) => {
                key.check(token)?;
                read_payload(token)
            }
        }
    }
}
