//! Storing and checking passwords: argon2id (RFC 9106).

use argon2::password_hash::PasswordHasher;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordVerifier, Version};

use crate::password_rules::normalise;
use crate::refusal::Refusal;

/// The first of the settings that OWASP's Password Storage Cheat Sheet recommends for argon2id and small memory: 19 MiB,
/// two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// What came of checking a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// It is another one.
    Wrong,
    /// It is the right one.
    Right,
    /// It is the right one, and its hash is weaker than today's: hash it again.
    RightButWeak,
}

/// Hashes a password with a new salt, as a PHC string that names its parameters.
pub fn hash(password: &str) -> Result<String, Refusal> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|error| Refusal::internal(&format!("no randomness: {error}")))?;
    hash_with(&argon2(MEMORY_KIB, PASSES)?, password, &salt)
}

/// Checks a password against a stored hash. Without one the same work is done for nothing, so that the time taken does
/// not tell whether there is an account.
pub fn check(password: &str, stored: Option<&str>) -> Result<Check, Refusal> {
    let Some(stored) = stored else {
        hash_with(&argon2(MEMORY_KIB, PASSES)?, password, b"no such account!")?;
        return Ok(Check::Wrong);
    };
    let stored = PasswordHash::new(stored).map_err(|error| {
        Refusal::internal(&format!("accounts.password_hash does not make sense: {error}"))
    })?;
    // The parameters are those of the stored hash.
    if Argon2::default().verify_password(normalise(password).as_bytes(), &stored).is_err() {
        return Ok(Check::Wrong);
    }
    Ok(if is_weak(&stored) { Check::RightButWeak } else { Check::Right })
}

fn is_weak(stored: &PasswordHash) -> bool {
    let is_below = |params: Params| params.m_cost() < MEMORY_KIB || params.t_cost() < PASSES;
    stored.algorithm.as_str() != "argon2id" || Params::try_from(stored).map_or(true, is_below)
}

fn argon2(memory: u32, passes: u32) -> Result<Argon2<'static>, Refusal> {
    let params = Params::new(memory, passes, LANES, None);
    let params =
        params.map_err(|error| Refusal::internal(&format!("argon2 refuses its parameters: {error}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_with(argon2: &Argon2<'_>, password: &str, salt: &[u8]) -> Result<String, Refusal> {
    let hash: Result<PasswordHash, _> = argon2.hash_password_with_salt(normalise(password).as_bytes(), salt);
    hash.map(|hash| hash.to_string()).map_err(|error| Refusal::internal(&format!("argon2 failed: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_says_how_it_was_made_and_never_twice_the_same() {
        let hashed = hash("correct horse").unwrap();
        assert!(hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hashed}");
        assert_ne!(hashed, hash("correct horse").unwrap());
    }

    #[test]
    fn only_the_password_itself_is_right() {
        let hashed = hash("correct horse").unwrap();
        assert_eq!(check("correct horse", Some(&hashed)).unwrap(), Check::Right);
        assert_eq!(check("correct horsE", Some(&hashed)).unwrap(), Check::Wrong);
        assert_eq!(check("", Some(&hashed)).unwrap(), Check::Wrong);
        assert_eq!(check("correct horse", None).unwrap(), Check::Wrong);
    }

    #[test]
    fn a_weaker_hash_is_right_and_known_to_be_weak() {
        let weak = hash_with(&argon2(8 * 1024, 1).unwrap(), "correct horse", b"0123456789abcdef").unwrap();
        assert_eq!(check("correct horse", Some(&weak)).unwrap(), Check::RightButWeak);
        assert_eq!(check("wrong", Some(&weak)).unwrap(), Check::Wrong);
    }

    #[test]
    fn a_stored_hash_that_can_not_be_read_is_a_fault() {
        assert_eq!(check("x", Some("plain text")).unwrap_err().status(), 500);
    }
}
