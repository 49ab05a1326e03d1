//! Proof that who brings a code is who asked for it (RFC 7636).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::error::{ErrorCode, OAuthError};

/// The challenge that a verifier answers.
///
/// # Errors
/// `invalid_request` when it is no verifier: 43 to 128 unreserved characters (section 4.1).
pub fn challenge(verifier: &str) -> Result<String, OAuthError> {
    let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    if !(43..=128).contains(&verifier.len()) || !verifier.bytes().all(is_unreserved) {
        let sentence = "code_verifier has to be 43 to 128 letters, digits or -._~";
        return Err(OAuthError::new(ErrorCode::InvalidRequest, sentence));
    }
    Ok(URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_the_standards_example() {
        // RFC 7636, appendix B.
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(challenge(verifier).unwrap(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        for wrong in ["", "short", &"x".repeat(42), &"x".repeat(129), &format!("{} ", "x".repeat(43))] {
            assert!(challenge(wrong).is_err(), "{wrong}");
        }
    }
}
