//! Tokens of another issuer: a server of the operator's, at which people sign in instead of here.

mod claims;
mod key;
mod rs256;
mod user_id;

use jsonwebtoken::{Algorithm, DecodingKey, Header};
use serde::Deserialize;
use thiserror::Error;

use crate::verify::{check_type, decode, read_header, read_payload};
use crate::{Claims, Recipient, Secret, VerifyError, check_times, crypto};

use claims::IssuerClaims;

pub use key::{IssuerKey, MAX_KEYS};
pub use user_id::user_id;

/// The types of its tokens. Issuers that do not type them say JWT or nothing.
const TYPES: [&str; 2] = ["at+jwt", "jwt"];
/// The longest name of an issuer, in bytes.
const MAX_ID_BYTES: usize = 512;

/// Another issuer, and what is asked of its tokens.
#[derive(Debug)]
pub struct Issuer {
    id: String,
    audience: Option<String>,
    secret: Option<Secret>,
    scope: String,
}

/// Which public key a token has to be checked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeededKey {
    algorithm: Algorithm,
    id: Option<String>,
}

/// Why a name is no issuer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum IssuerError {
    /// RFC 8414, section 2; plain `http` for a server that is reached inside a network alone.
    #[error("an issuer is an http or https address without query and fragment")]
    NotAnAddress,
}

impl Issuer {
    /// The issuer with this name: the claim `iss` of its tokens, compared byte for byte. Its tokens are for the part of the app that they
    /// are shown to, are signed by keys, and allow what they say.
    ///
    /// # Errors
    /// [`IssuerError`] for what is no address.
    pub fn new(id: &str) -> Result<Self, IssuerError> {
        let rest = id.strip_prefix("https://").or_else(|| id.strip_prefix("http://"));
        let is_address = rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
            && id.len() <= MAX_ID_BYTES
            && id.bytes().all(|byte| byte.is_ascii_graphic() && !b"?#\"<>\\".contains(&byte));
        if !is_address {
            return Err(IssuerError::NotAnAddress);
        }
        crypto::install();
        Ok(Self { id: id.to_owned(), audience: None, secret: None, scope: String::new() })
    }

    /// Its tokens are for this audience instead.
    #[must_use]
    pub fn for_audience(self, audience: Option<String>) -> Self {
        Self { audience, ..self }
    }

    /// They may be signed with a secret that is shared with it (HS256).
    #[must_use]
    pub fn with_secret(self, secret: Option<Secret>) -> Self {
        Self { secret, ..self }
    }

    /// What a token allows that does not say it: names separated by spaces.
    #[must_use]
    pub fn allowing(self, scope: String) -> Self {
        Self { scope, ..self }
    }

    /// Its name.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Which public key a token of this issuer has to be checked with; nothing for one that is signed with the shared secret. It costs no
    /// signature, so that what can't be good has no key looked for.
    ///
    /// # Errors
    /// [`VerifyError`] for a token that can't be good, whatever its signature.
    pub fn needed_key(&self, token: &str) -> Result<Option<NeededKey>, VerifyError> {
        /// What anybody may have written.
        #[derive(Deserialize)]
        struct Unverified {
            iss: String,
        }
        let header = self.read_header(token)?;
        if read_payload::<Unverified>(token)?.iss != self.id {
            return Err(VerifyError::WrongIssuer);
        }
        let algorithm = header.alg;
        Ok((algorithm != Algorithm::HS256).then_some(NeededKey { algorithm, id: header.kid }))
    }

    /// Reads the claims of a token if it was signed with the secret or with one of these keys, and is good for the recipient at `now`, in
    /// seconds since 1970-01-01T00:00:00Z. The user is the one that [`user_id`] makes of the token's subject.
    ///
    /// # Errors
    /// See [`VerifyError`].
    pub fn verify(
        &self,
        keys: &[IssuerKey],
        token: &str,
        recipient: &Recipient<'_>,
        now: i64,
    ) -> Result<Claims, VerifyError> {
        let header = self.read_header(token)?;
        let claims: IssuerClaims = match (header.alg, &self.secret) {
            (Algorithm::HS256, Some(secret)) => {
                decode(token, Algorithm::HS256, &DecodingKey::from_secret(secret.as_bytes()))?
            }
            _ => signed_with_a_key(keys, token, header)?,
        };
        if claims.iss != self.id {
            return Err(VerifyError::WrongIssuer);
        }
        let is_meant = match &self.audience {
            Some(audience) => claims.aud.includes(audience),
            None => recipient.is_in(&claims.aud),
        };
        if !is_meant {
            return Err(VerifyError::WrongAudience);
        }
        check_times(claims.exp, claims.nbf, now)?;
        claims.into_claims(&self.scope)
    }

    /// The header of a token that is signed in a way that its issuer may use.
    fn read_header(&self, token: &str) -> Result<Header, VerifyError> {
        let header = read_header(token)?;
        let is_accepted = match header.alg {
            // With a secret of its own alone: a public key is none (RFC 8725, section 2.1).
            Algorithm::HS256 => self.secret.is_some(),
            Algorithm::EdDSA | Algorithm::ES256 | Algorithm::RS256 => true,
            _ => false,
        };
        if !is_accepted {
            return Err(VerifyError::WrongAlgorithm);
        }
        check_type(&header, &TYPES)?;
        Ok(header)
    }
}

/// The claims, signed with the key that the token names, or with one of those that fit where it names none.
fn signed_with_a_key(keys: &[IssuerKey], token: &str, header: Header) -> Result<IssuerClaims, VerifyError> {
    let needed = NeededKey { algorithm: header.alg, id: header.kid };
    let mut refused = VerifyError::BadSignature;
    for key in keys.iter().filter(|key| needed.is(key)) {
        match key.read(token) {
            Ok(claims) => return Ok(claims),
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

impl NeededKey {
    /// Whether it is this one.
    #[must_use]
    pub fn is(&self, key: &IssuerKey) -> bool {
        key.algorithm() == self.algorithm && self.id.as_deref().is_none_or(|id| key.id() == Some(id))
    }
}
