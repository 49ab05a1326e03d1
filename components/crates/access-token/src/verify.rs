//! Checking a token.

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation};
use thiserror::Error;

use crate::{Claims, Recipient, Secret, hs256};

/// How far the clocks of two machines may be apart, in seconds.
pub const LEEWAY_SECONDS: i64 = 5;

/// The longest token looked at, in bytes. Ours have about 500; a longer one is not worth the work.
const MAX_BYTES: usize = 8 * 1024;

/// Checks tokens that were signed with one of its secrets.
pub struct Verifier {
    keys: Vec<DecodingKey>,
    validation: Validation,
}

impl Verifier {
    /// A verifier for tokens that were signed with one of these secrets: the current one, and the one before while it is being
    /// changed.
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a Secret>) -> Self {
        hs256::install();
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        // Compared below: times with the clock that the caller gives, the audience with the recipient.
        validation.validate_exp = false;
        validation.validate_aud = false;
        let keys = secrets.into_iter().map(|secret| DecodingKey::from_secret(secret.as_bytes())).collect();
        Self { keys, validation }
    }

    /// Reads the claims of a token in its compact form if it is good for the recipient at `now`, in seconds since
    /// 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    /// See [`VerifyError`]. That a token is expired is only said of one that the recipient's app did sign.
    pub fn verify(&self, token: &str, recipient: &Recipient<'_>, now: i64) -> Result<Claims, VerifyError> {
        if token.len() > MAX_BYTES {
            return Err(VerifyError::Malformed);
        }
        check_header(&jsonwebtoken::decode_header(token).map_err(|error| reason(error.kind()))?)?;
        let claims = self.claims(token)?;
        if !recipient.issued(&claims) {
            return Err(VerifyError::WrongIssuer);
        }
        if !recipient.is_meant(&claims) {
            return Err(VerifyError::WrongAudience);
        }
        if now >= claims.exp.saturating_add(LEEWAY_SECONDS) {
            return Err(VerifyError::Expired);
        }
        if claims.nbf.is_some_and(|from| now.saturating_add(LEEWAY_SECONDS) < from) {
            return Err(VerifyError::NotYetValid);
        }
        Ok(claims)
    }

    /// The claims, signed by one of the keys.
    fn claims(&self, token: &str) -> Result<Claims, VerifyError> {
        let mut refused = VerifyError::BadSignature;
        for key in &self.keys {
            match jsonwebtoken::decode::<Claims>(token, key, &self.validation) {
                Ok(data) => return Ok(data.claims),
                Err(error) => refused = reason(error.kind()),
            }
            if refused != VerifyError::BadSignature {
                break;
            }
        }
        Err(refused)
    }
}

/// What must be known before a signature counts.
fn check_header(header: &Header) -> Result<(), VerifyError> {
    if header.alg != Algorithm::HS256 {
        return Err(VerifyError::WrongAlgorithm);
    }
    // Extensions that must be understood, and are not (RFC 7515, section 4.1.11).
    if header.crit.is_some() {
        return Err(VerifyError::Malformed);
    }
    // Explicit typing (RFC 8725, section 3.11). Issuers that do not type their tokens say JWT or nothing.
    let typ = header.typ.as_deref().unwrap_or("JWT").to_ascii_lowercase();
    match typ.strip_prefix("application/").unwrap_or(&typ) {
        "at+jwt" | "jwt" => Ok(()),
        _ => Err(VerifyError::WrongType),
    }
}

fn reason(kind: &ErrorKind) -> VerifyError {
    match kind {
        ErrorKind::InvalidSignature => VerifyError::BadSignature,
        ErrorKind::InvalidAlgorithm | ErrorKind::UnsupportedAlgorithm | ErrorKind::InvalidAlgorithmName => {
            VerifyError::WrongAlgorithm
        }
        _ => VerifyError::Malformed,
    }
}

/// Why a token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum VerifyError {
    /// It is no JSON Web Token, or a claim is missing or of the wrong type.
    #[error("the token can't be read")]
    Malformed,
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
    /// Its time has not come.
    #[error("the token is not valid yet")]
    NotYetValid,
    /// None of the secrets made this signature.
    #[error("the token was not signed by this service")]
    BadSignature,
    /// It names another algorithm than HS256.
    #[error("the token is signed in a way that is not accepted")]
    WrongAlgorithm,
    /// It is a JSON Web Token for another purpose.
    #[error("the token is not an access token")]
    WrongType,
    /// Another service issued it.
    #[error("the token was issued by another service")]
    WrongIssuer,
    /// It is meant for another service.
    #[error("the token is meant for another service")]
    WrongAudience,
}
