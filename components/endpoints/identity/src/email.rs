//! E-mail addresses.

use email_address::{EmailAddress, Options};

use crate::auth_error::AuthError;

/// The longest address that mail can be sent to, in characters (RFC 5321, section 4.5.3.1.3, without the brackets).
const MAX_BYTES: usize = 254;

/// Checks an address (RFC 5321, section 4.1.2, in the characters that Better Auth takes: no quotes, ASCII, a domain of
/// two labels or more) and puts it in the form in which accounts are told apart: lower case.
///
/// # Errors
/// `INVALID_EMAIL`.
pub fn normalise(email: &str) -> Result<String, AuthError> {
    normalise_member(email, "/email")
}

/// As [`normalise`], for an address that is sent in this member.
///
/// # Errors
/// `INVALID_EMAIL`.
pub fn normalise_member(email: &str, pointer: &str) -> Result<String, AuthError> {
    let options =
        Options::default().without_display_text().without_domain_literal().with_minimum_sub_domains(2);
    let is_valid = email.len() <= MAX_BYTES
        && email.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"')
        && EmailAddress::parse_with_options(email, options).is_ok();
    if is_valid {
        return Ok(email.to_ascii_lowercase());
    }
    Err(AuthError::invalid(
        "INVALID_EMAIL",
        "Invalid email",
        pointer,
        "It has to be an e-mail address, such as ann@example.org.",
    ))
}

#[cfg(test)]
mod tests {
    use super::normalise;

    #[test]
    fn an_address_is_lower_case() {
        assert_eq!(normalise("Ann.B+todo@Example.ORG").unwrap(), "ann.b+todo@example.org");
        assert_eq!(normalise("a@b.co").unwrap(), "a@b.co");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("{}@example.org", "a".repeat(250));
        for text in [
            "",
            "ann",
            "ann@",
            "@example.org",
            "ann@example",
            "ann@example.org ",
            " ann@example.org",
            "a b@example.org",
            "ann@@example.org",
            "\"ann\"@example.org",
            "Ann <ann@example.org>",
            "ann@[127.0.0.1]",
            "änn@example.org",
            "ann@exämple.org",
            "ann@example..org",
            "ann\n@example.org",
            "ann@example.org\0",
            &long,
        ] {
            assert!(normalise(text).is_err(), "{text}");
        }
    }
}
