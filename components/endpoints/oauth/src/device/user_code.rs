//! The code that a person types (RFC 8628, section 6.1).

use crate::error::OAuthError;

/// Letters that are hard to take for another and make no words.
const ALPHABET: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
/// How many letters: 34 bits, which nobody guesses in ten minutes at the pace that is allowed.
const LENGTH: usize = 8;

/// A new code, as it is shown: `WDJB-MJHT`.
///
/// # Errors
/// `server_error` when the host has no randomness.
pub fn new() -> Result<String, OAuthError> {
    let mut code = String::with_capacity(LENGTH + 1);
    while code.len() < LENGTH + 1 {
        if code.len() == LENGTH / 2 {
            code.push('-');
        }
        let mut byte = [0];
        getrandom::fill(&mut byte)
            .map_err(|error| OAuthError::internal(&format!("no randomness: {error}")))?;
        // 240 is twelve times the alphabet: what is above would make some letters likelier.
        let letter = ALPHABET.get(usize::from(byte[0] % 20)).filter(|_| byte[0] < 240);
        code.extend(letter.map(|letter| char::from(*letter)));
    }
    Ok(code)
}

/// A code as it was typed, in the form in which it is shown; `None` when it can't be one.
pub fn tidy(typed: &str) -> Option<String> {
    let letters: String = typed
        .chars()
        .filter(|letter| !matches!(letter, '-' | ' '))
        .map(|letter| letter.to_ascii_uppercase())
        .collect();
    let is_code = letters.len() == LENGTH && letters.bytes().all(|letter| ALPHABET.contains(&letter));
    let (first, second) = is_code.then(|| letters.split_at_checked(LENGTH / 2)).flatten()?;
    Some(format!("{first}-{second}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = new().unwrap();
        assert_eq!(code.len(), 9);
        for typed in [
            code.clone(),
            code.to_lowercase(),
            code.replace('-', ""),
            format!(" {} ", code.replace('-', " ")),
        ] {
            assert_eq!(tidy(&typed).as_deref(), Some(code.as_str()), "{typed}");
        }
        assert_ne!(code, new().unwrap());
        for typed in ["", "WDJB", "WDJB-MJHTX", "AEIO-UAEI", "1234-5678", "WDJB-MJH\u{0}", "ẄDJB-MJHT"] {
            assert_eq!(tidy(typed), None, "{typed}");
        }
    }
}
