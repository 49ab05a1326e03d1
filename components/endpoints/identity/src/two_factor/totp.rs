//! The codes of an authenticator app: TOTP (RFC 6238) with SHA-1, six digits and 30 seconds, the one form that every app knows.

use percent_encoding::utf8_percent_encode;
use totp_rs::{Algorithm, Builder, Secret, Totp};

use crate::auth_error::AuthError;
use crate::cookies::COMPONENT;

/// The size of a secret, in bytes: that of the hash, as RFC 4226 recommends.
const SECRET_BYTES: usize = 20;
const DIGITS: u8 = 6;
/// For how long a code is shown, in seconds.
const STEP_SECONDS: u64 = 30;
/// How many codes before and after the one of now are taken: clocks differ, and people take time to type.
const SKEW_STEPS: u16 = 1;
/// What an authenticator calls the app.
const ISSUER: &str = "Todo assistant";

/// A new secret.
///
/// # Errors
/// 500 when there is no randomness.
pub fn new_secret() -> Result<Vec<u8>, AuthError> {
    let mut secret = vec![0; SECRET_BYTES];
    getrandom::fill(&mut secret).map_err(|error| AuthError::internal(&format!("no randomness: {error}")))?;
    Ok(secret)
}

/// The address by which an authenticator takes a secret of the person with this e-mail address.
pub fn uri(secret: &[u8], email: &str) -> String {
    let encoded = |text| utf8_percent_encode(text, COMPONENT);
    format!(
        "otpauth://totp/{issuer}:{}?secret={}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={STEP_SECONDS}",
        encoded(email),
        Secret::from(secret.to_vec()).to_base32(),
        issuer = encoded(ISSUER),
    )
}

/// For which 30 seconds since 1970 this is the code, if it is one of now, in seconds since 1970. White space in it is passed over.
pub fn check(secret: &[u8], code: &str, now: i64) -> Option<i64> {
    let code: String = code.chars().filter(|character| !character.is_whitespace()).collect();
    let step = totp(secret)?.check(&code, u64::try_from(now).ok()?)?;
    i64::try_from(step).ok()
}

fn totp(secret: &[u8]) -> Option<Totp> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(DIGITS)
        .with_skew(SKEW_STEPS)
        .with_step_duration(STEP_SECONDS)
        .with_secret(secret.to_vec())
        .build()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of RFC 6238, appendix B: its codes have eight digits, of which these are the last six.
    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn the_codes_are_those_of_the_rfc() {
        for (now, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(check(SECRET, code, now), Some(now / 30), "{now}");
            assert_eq!(check(SECRET, &format!(" {} {} ", &code[..3], &code[3..]), now), Some(now / 30));
        }
    }

    #[test]
    fn a_code_is_good_half_a_minute_early_and_late_and_no_longer() {
        let step = 1_111_111_109 / 30;
        for now in [(step - 1) * 30, step * 30, (step + 1) * 30 + 29] {
            assert_eq!(check(SECRET, "081804", now), Some(step), "{now}");
        }
        for now in [(step - 1) * 30 - 1, (step + 2) * 30, -1] {
            assert_eq!(check(SECRET, "081804", now), None, "{now}");
        }
    }

    #[test]
    fn what_is_no_code_is_not_taken() {
        for code in ["", "28708", "2870822", "+28708", "28708２", "abcdef", "287083"] {
            assert_eq!(check(SECRET, code, 59), None, "{code}");
        }
    }

    #[test]
    fn the_address_is_one_that_authenticators_read() {
        assert_eq!(
            uri(SECRET, "ann+todo@example.org"),
            "otpauth://totp/Todo%20assistant:ann%2Btodo%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=Todo%20assistant&algorithm=SHA1&digits=6&period=30"
        );
        let (one, other) = (new_secret().unwrap(), new_secret().unwrap());
        assert_eq!(one.len(), 20);
        assert_ne!(one, other);
    }
}
