//! Which passwords are taken.

use unicode_normalization::UnicodeNormalization;

use crate::auth_error::AuthError;
use crate::weak_password::{Weakness, weakness};

/// The shortest password, in characters (NIST SP 800-63B, section 5.1.1.2).
pub const MIN_CHARACTERS: usize = 8;
/// The longest one, so that nobody makes us hash a book.
const MAX_CHARACTERS: usize = 128;

/// How to choose a password (NIST SP 800-63B, section 3.1.1.2: whoever refuses one says why and helps).
const ADVICE: &str =
    "Take three or more words that have nothing to do with each other, or let a password manager make one.";

/// A password in the form that is hashed: the same password typed on another keyboard is the same (NFKC; RFC 8265,
/// section 4.2, and NIST SP 800-63B, section 5.1.1.2).
pub fn normalise(password: &str) -> String {
    password.nfkc().collect()
}

/// Checks a new password, sent in this member, for the account with this e-mail address and name.
///
/// # Errors
/// `PASSWORD_TOO_SHORT`, `PASSWORD_TOO_LONG` or `PASSWORD_TOO_WEAK`.
pub fn check_new(password: &str, email: &str, name: &str, pointer: &str) -> Result<(), AuthError> {
    if password.chars().count() < MIN_CHARACTERS {
        let sentence = "It needs 8 characters at least.";
        return Err(AuthError::invalid("PASSWORD_TOO_SHORT", "Password too short", pointer, sentence));
    }
    check_length(password, pointer)?;
    let reason = match weakness(&normalise(password), email, name) {
        None => return Ok(()),
        Some(Weakness::Common) => "It is among the passwords that are guessed first.",
        Some(Weakness::OfTheAccount) => "It is made of your name, your e-mail address or this app's name.",
    };
    let sentence = format!("{reason} {ADVICE}");
    Err(AuthError::invalid("PASSWORD_TOO_WEAK", "Password too weak", pointer, &sentence))
}

/// Checks a password, sent in this member, that may be right. A short one may be: it is merely wrong.
///
/// # Errors
/// `PASSWORD_TOO_LONG`.
pub fn check_length(password: &str, pointer: &str) -> Result<(), AuthError> {
    if password.chars().count() > MAX_CHARACTERS {
        let sentence = "It may have 128 characters at most.";
        return Err(AuthError::invalid("PASSWORD_TOO_LONG", "Password too long", pointer, sentence));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_password_has_8_to_128_characters_of_any_script() {
        for (password, code) in [
            ("seven77".to_owned(), Some("PASSWORD_TOO_SHORT")),
            ("молоко и хлеб".to_owned(), None),
            ("ein Satz".to_owned(), None),
            ("tea, ".repeat(25) + "tea", Some("PASSWORD_TOO_WEAK")),
            ("green tea, black snow, ".chars().cycle().take(128).collect(), None),
            ("a".repeat(129), Some("PASSWORD_TOO_LONG")),
            ("Password1!".to_owned(), Some("PASSWORD_TOO_WEAK")),
            ("ann.archer1".to_owned(), Some("PASSWORD_TOO_WEAK")),
        ] {
            let auth_error = check_new(&password, "ann.archer@example.org", "Ann", "/password").err();
            assert_eq!(auth_error.as_ref().map(AuthError::code), code, "{password}");
        }
        assert!(check_length("short", "/password").is_ok());
    }

    #[test]
    fn two_ways_to_type_a_letter_are_one() {
        assert_eq!(normalise("A\u{30a}ngstrom1"), normalise("\u{c5}ngstrom1"));
    }
}
