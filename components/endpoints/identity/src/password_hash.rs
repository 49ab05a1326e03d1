//! Storing and checking passwords: argon2id (RFC 9106).
//!
//! A hash is computed without a pause, so an instance computes one at a time however many requests it serves, in memory
//! that it keeps ([`password_memory`]): how much memory hashing takes in all is how many instances the host allows.

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::auth_error::AuthError;
use crate::password_memory;
use crate::password_rules::normalise;

const LANES: u32 = 1;
/// When memory may be free again, in seconds: a hash takes a tenth of one.
const RETRY_AFTER_SECONDS: u32 = 2;

/// What a hash costs whoever computes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// How often all of it is gone through.
    pub passes: u32,
}

impl Cost {
    /// The first of the settings that OWASP's Password Storage Cheat Sheet recommends for argon2id and small memory: 19 MiB, two
    /// passes, one lane.
    pub const DEFAULT: Self = Self { memory_kib: 19 * 1024, passes: 2 };

    fn params(self) -> Result<Params, AuthError> {
        Params::new(self.memory_kib, self.passes, LANES, None)
            .map_err(|error| AuthError::internal(&format!("argon2 refuses its parameters: {error}")))
    }
}

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
///
/// # Errors
/// 500 when there is no randomness, 503 when there is no memory.
pub fn hash(cost: Cost, password: &str) -> Result<String, AuthError> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|error| AuthError::internal(&format!("no randomness: {error}")))?;
    hash_with(cost.params()?, password, &salt)
}

/// Checks a password against a stored hash. Without one the same work is done for nothing, so that the time taken does
/// not tell whether there is an account.
///
/// # Errors
/// 500 when the stored hash can't be read, 503 when there is no memory.
pub fn check(cost: Cost, password: &str, stored: Option<&str>) -> Result<Check, AuthError> {
    let Some(stored) = stored else {
        hash_with(cost.params()?, password, b"no such account!")?;
        return Ok(Check::Wrong);
    };
    let stored = PasswordHash::new(stored).map_err(|error| unreadable(&error))?;
    if !is_of(password, &stored)? {
        return Ok(Check::Wrong);
    }
    Ok(if is_weak(cost, &stored) { Check::RightButWeak } else { Check::Right })
}

/// Whether a hash is that of this password, computed with the hash's own parameters.
fn is_of(password: &str, stored: &PasswordHash) -> Result<bool, AuthError> {
    let (Some(salt), Some(expected)) = (&stored.salt, &stored.hash) else {
        return Err(unreadable(&"no salt or no hash"));
    };
    let algorithm = Algorithm::try_from(stored.algorithm.as_str()).map_err(|error| unreadable(&error))?;
    let version = stored.version.map_or(Ok(Version::default()), Version::try_from);
    let argon2 = Argon2::new(
        algorithm,
        version.map_err(|error| unreadable(&error))?,
        Params::try_from(stored).map_err(|error| unreadable(&error))?,
    );
    let computed = compute(&argon2, password, salt, expected.len())?;
    // Compares in constant time.
    Ok(computed == *expected)
}

fn is_weak(cost: Cost, stored: &PasswordHash) -> bool {
    let is_below = |params: Params| params.m_cost() < cost.memory_kib || params.t_cost() < cost.passes;
    stored.algorithm.as_str() != "argon2id" || Params::try_from(stored).map_or(true, is_below)
}

fn hash_with(params: Params, password: &str, salt: &[u8]) -> Result<String, AuthError> {
    let named = ParamsString::try_from(&params).map_err(|error| failed(&error))?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: named,
        salt: Some(Salt::new(salt).map_err(|error| failed(&error))?),
        hash: Some(compute(&argon2, password, salt, Params::DEFAULT_OUTPUT_LEN)?),
    };
    Ok(hash.to_string())
}

/// The hash itself, `length` bytes of it.
fn compute(argon2: &Argon2<'_>, password: &str, salt: &[u8], length: usize) -> Result<Output, AuthError> {
    let password = normalise(password);
    let mut buffer = [0; Output::MAX_LENGTH];
    let output = buffer.get_mut(..length).ok_or_else(|| unreadable(&"a hash of this length"))?;
    password_memory::with_blocks(argon2.params().block_count(), |blocks| {
        argon2.hash_password_into_with_memory(password.as_bytes(), salt, output, blocks)
    })
    .map_err(|error| match error {
        argon2::Error::OutOfMemory => AuthError::busy(RETRY_AFTER_SECONDS),
        error => failed(&error),
    })?;
    Output::new(output).map_err(|error| failed(&error))
}

fn failed(error: &dyn std::fmt::Display) -> AuthError {
    AuthError::internal(&format!("argon2 failed: {error}"))
}

fn unreadable(error: &dyn std::fmt::Display) -> AuthError {
    AuthError::internal(&format!("accounts.password_hash does not make sense: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_says_how_it_was_made_and_never_twice_the_same() {
        let hashed = hash(Cost::DEFAULT, "correct horse").unwrap();
        assert!(hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hashed}");
        assert_ne!(hashed, hash(Cost::DEFAULT, "correct horse").unwrap());
    }

    #[test]
    fn only_the_password_itself_is_right() {
        let hashed = hash(Cost::DEFAULT, "correct horse").unwrap();
        assert_eq!(check(Cost::DEFAULT, "correct horse", Some(&hashed)).unwrap(), Check::Right);
        assert_eq!(check(Cost::DEFAULT, "correct horsE", Some(&hashed)).unwrap(), Check::Wrong);
        assert_eq!(check(Cost::DEFAULT, "", Some(&hashed)).unwrap(), Check::Wrong);
        assert_eq!(check(Cost::DEFAULT, "correct horse", None).unwrap(), Check::Wrong);
    }

    #[test]
    fn a_hash_is_the_one_that_the_library_itself_makes() {
        use argon2::password_hash::PasswordVerifier as _;
        let hashed = hash(Cost::DEFAULT, "correct horse").unwrap();
        let parsed = PasswordHash::new(&hashed).unwrap();
        assert!(Argon2::default().verify_password(b"correct horse", &parsed).is_ok());
    }

    #[test]
    fn a_weaker_hash_is_right_and_known_to_be_weak() {
        let weak =
            hash_with(Params::new(8 * 1024, 1, 1, None).unwrap(), "correct horse", b"0123456789abcdef")
                .unwrap();
        assert_eq!(check(Cost::DEFAULT, "correct horse", Some(&weak)).unwrap(), Check::RightButWeak);
        assert_eq!(check(Cost::DEFAULT, "wrong", Some(&weak)).unwrap(), Check::Wrong);
    }

    #[test]
    fn a_stored_hash_that_can_not_be_read_is_a_fault() {
        for text in [
            "plain text",
            "$argon2id$v=19$m=19456,t=2,p=1",
            "$argon2id$v=7$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g",
        ] {
            assert_eq!(check(Cost::DEFAULT, "x", Some(text)).unwrap_err().status(), 500, "{text}");
        }
    }
}
