//! Checking a token.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation};
use serde::de::DeserializeOwned;

use crate::{Claims, KeyAlgorithm, PublicKey, Recipient, Secret, VerifyError, crypto, is_own_key_id};

/// How far the clocks of two machines may be apart, in seconds.
pub const LEEWAY_SECONDS: i64 = 5;

/// The longest token looked at, in bytes. Ours have about 500; a longer one is not worth the work.
const MAX_BYTES: usize = 8 * 1024;

/// Checks tokens that were signed with one of its secrets, or with one of the keys that it is shown.
pub struct Verifier {
    secrets: Vec<Secret>,
}

impl Verifier {
    /// A verifier for tokens that were signed with one of these secrets: the current one, and the one before while it is being
    /// changed.
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a Secret>) -> Self {
        crypto::install();
        Self { secrets: secrets.into_iter().cloned().collect() }
    }

    /// Reads the claims of a token in its compact form if it was signed with a secret (HS256) and is good for the recipient at
    /// `now`, in seconds since 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    /// See [`VerifyError`]. That a token is expired is only said of one that the recipient's app did sign.
    pub fn verify(&self, token: &str, recipient: &Recipient<'_>, now: i64) -> Result<Claims, VerifyError> {
        self.verify_with(&[], token, recipient, now)
    }

    /// The same for a token that may be signed with one of these keys instead.
    ///
    /// # Errors
    /// As [`Verifier::verify`].
    pub fn verify_with(
        &self,
        keys: &[PublicKey],
        token: &str,
        recipient: &Recipient<'_>,
        now: i64,
    ) -> Result<Claims, VerifyError> {
        let header = read_header(token)?;
        let claims: Claims = match KeyAlgorithm::from_header(header.alg) {
            Some(algorithm) if !keys.is_empty() => {
                let key = keys
                    .iter()
                    .find(|key| key.algorithm() == algorithm && header.kid.as_deref() == Some(key.id()));
                // Other tokens are signed with these keys too, such as those that say who somebody is.
                check_type(&header, &["at+jwt"])?;
                decode(token, header.alg, &key.ok_or(VerifyError::BadSignature)?.decoding_key())?
            }
            None if header.alg == Algorithm::HS256 => {
                // Issuers that do not type their tokens say JWT or nothing.
                check_type(&header, &["at+jwt", "jwt"])?;
                self.signed_with_a_secret(token)?
            }
            _ => return Err(VerifyError::WrongAlgorithm),
        };
        if !recipient.issued(&claims) {
            return Err(VerifyError::WrongIssuer);
        }
        if !recipient.is_meant(&claims) {
            return Err(VerifyError::WrongAudience);
        }
        check_times(claims.exp, claims.nbf, now)?;
        Ok(claims)
    }

    /// The id of the key that a token names, if the app made one with this id and it is none of these: then it is worth looking for.
    #[must_use]
    pub fn missing_key(&self, keys: &[PublicKey], token: &str) -> Option<String> {
        let header = read_header(token).ok()?;
        KeyAlgorithm::from_header(header.alg)?;
        let id = header.kid?;
        let is_missing = keys.iter().all(|key| key.id() != id) && is_own_key_id(&self.secrets, &id);
        is_missing.then_some(id)
    }

    /// The claims, signed with one of the secrets.
    fn signed_with_a_secret(&self, token: &str) -> Result<Claims, VerifyError> {
        let mut refused = VerifyError::BadSignature;
        for secret in &self.secrets {
            match decode(token, Algorithm::HS256, &DecodingKey::from_secret(secret.as_bytes())) {
                Ok(claims) => return Ok(claims),
                Err(error) => refused = error,
            }
            if refused != VerifyError::BadSignature {
                break;
            }
        }
        Err(refused)
    }
}

/// What a token of any type says, if one of these keys signed it: the one that it names, or each where it names none. Whom it is from
/// and for, and when, is the caller's to check.
///
/// # Errors
/// See [`VerifyError`].
pub fn read_signed<T: DeserializeOwned>(
    keys: &[PublicKey],
    token: &str,
    types: &[&str],
) -> Result<T, VerifyError> {
    crypto::install();
    let header = read_header(token)?;
    let algorithm = KeyAlgorithm::from_header(header.alg).ok_or(VerifyError::WrongAlgorithm)?;
    check_type(&header, types)?;
    let is_meant = |key: &&PublicKey| {
        key.algorithm() == algorithm && header.kid.as_deref().is_none_or(|id| id == key.id())
    };
    let mut refused = VerifyError::BadSignature;
    for key in keys.iter().filter(is_meant) {
        match decode(token, header.alg, &key.decoding_key()) {
            Ok(claims) => return Ok(claims),
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

/// Whether it is time for a token, with what clocks may be apart.
///
/// # Errors
/// [`VerifyError::Expired`] and [`VerifyError::NotYetValid`].
pub fn check_times(expires_at: i64, not_before: Option<i64>, now: i64) -> Result<(), VerifyError> {
    if now >= expires_at.saturating_add(LEEWAY_SECONDS) {
        return Err(VerifyError::Expired);
    }
    if not_before.is_some_and(|from| now.saturating_add(LEEWAY_SECONDS) < from) {
        return Err(VerifyError::NotYetValid);
    }
    Ok(())
}

/// The header of a token that is not too long and asks for nothing that is not understood (RFC 7515, section 4.1.11).
pub(crate) fn read_header(token: &str) -> Result<Header, VerifyError> {
    if token.len() > MAX_BYTES {
        return Err(VerifyError::Malformed);
    }
    let header = jsonwebtoken::decode_header(token).map_err(|error| VerifyError::from_kind(error.kind()))?;
    if header.crit.is_some() { Err(VerifyError::Malformed) } else { Ok(header) }
}

/// Explicit typing (RFC 8725, section 3.11). A token that does not say its type is a `JWT`.
pub(crate) fn check_type(header: &Header, types: &[&str]) -> Result<(), VerifyError> {
    let typ = header.typ.as_deref().unwrap_or("JWT").to_ascii_lowercase();
    let typ = typ.strip_prefix("application/").unwrap_or(&typ);
    if types.contains(&typ) { Ok(()) } else { Err(VerifyError::WrongType) }
}

/// The claims under a right signature.
pub(crate) fn decode<T: DeserializeOwned>(
    token: &str,
    algorithm: Algorithm,
    key: &DecodingKey,
) -> Result<T, VerifyError> {
    let mut validation = Validation::new(algorithm);
    validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
    // Compared by the callers: times with the clock that they are given, the audience with the recipient.
    validation.validate_exp = false;
    validation.validate_aud = false;
    let decoded = jsonwebtoken::decode::<T>(token, key, &validation);
    decoded.map(|data| data.claims).map_err(|error| VerifyError::from_kind(error.kind()))
}

/// What a token says, whoever signed it.
pub(crate) fn read_payload<T: DeserializeOwned>(token: &str) -> Result<T, VerifyError> {
    let payload = token.split('.').nth(1).ok_or(VerifyError::Malformed)?;
    let payload = URL_SAFE_NO_PAD.decode(payload).map_err(|_| VerifyError::Malformed)?;
    serde_json::from_slice(&payload).map_err(|_| VerifyError::Malformed)
}

impl VerifyError {
    fn from_kind(kind: &ErrorKind) -> Self {
        match kind {
            ErrorKind::InvalidSignature => Self::BadSignature,
            ErrorKind::InvalidAlgorithm
            | ErrorKind::UnsupportedAlgorithm
            | ErrorKind::InvalidAlgorithmName => Self::WrongAlgorithm,
            // A key that is none made no signature.
            ErrorKind::InvalidKeyFormat => Self::BadSignature,
            _ => Self::Malformed,
        }
    }
}
