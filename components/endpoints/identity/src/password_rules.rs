//! Which passwords are taken.

use unicode_normalization::UnicodeNormalization;

use crate::refusal::Refusal;

/// The shortest password, in characters (NIST SP 800-63B, section 5.1.1.2).
const SHORTEST: usize = 8;
/// The longest one, so that nobody makes us hash a book.
const LONGEST: usize = 128;

/// A password in the form that is hashed: the same password typed on another keyboard is the same (NFKC; RFC 8265,
/// section 4.2, and NIST SP 800-63B, section 5.1.1.2).
pub fn normalise(password: &str) -> String {
    password.nfkc().collect()
}

/// Checks a new password.
///
/// # Errors
/// `PASSWORD_TOO_SHORT` or `PASSWORD_TOO_LONG`.
pub fn check_new(password: &str) -> Result<(), Refusal> {
    if password.chars().count() < SHORTEST {
        let sentence = "It needs 8 characters at least.";
        return Err(Refusal::invalid("PASSWORD_TOO_SHORT", "Password too short", "/password", sentence));
    }
    check_length(password)
}

/// Checks a password that may be right. A short one may be: it is merely wrong.
///
/// # Errors
/// `PASSWORD_TOO_LONG`.
pub fn check_length(password: &str) -> Result<(), Refusal> {
    if password.chars().count() > LONGEST {
        let sentence = "It may have 128 characters at most.";
        return Err(Refusal::invalid("PASSWORD_TOO_LONG", "Password too long", "/password", sentence));
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
            ("пароль12".to_owned(), None),
            ("        ".to_owned(), None),
            ("a".repeat(128), None),
            ("a".repeat(129), Some("PASSWORD_TOO_LONG")),
        ] {
            let refusal = check_new(&password).err();
            assert_eq!(refusal.as_ref().map(Refusal::code), code, "{password}");
        }
        assert!(check_length("short").is_ok());
    }

    #[test]
    fn two_ways_to_type_a_letter_are_one() {
        assert_eq!(normalise("A\u{30a}ngstrom1"), normalise("\u{c5}ngstrom1"));
    }
}
