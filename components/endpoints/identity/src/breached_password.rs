//! Passwords that were found in leaks (NIST SP 800-63B, section 3.1.1.2), asked without a network: a Bloom filter of 17,950 of 8 characters and
//! more, made by `breached_passwords/make.mjs` of the zxcvbn-ts project's list (MIT licence).
//!
//! About one in a million other passwords is taken for one of them.

use sha2::{Digest, Sha256};

static FILTER: &[u8; 65_536] = include_bytes!("../breached_passwords/filter.bin");

/// How many bits are set for each.
const HASHES: u64 = 20;

/// Whether a password, in lower case and NFKC, is among them.
pub fn is_breached(password: &str) -> bool {
    let digest = Sha256::digest(password);
    let mut words = digest
        .chunks_exact(4)
        .map(|word| word.iter().rev().fold(0_u64, |number, byte| (number << 8) | u64::from(*byte)));
    let (first, step) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let bits = u64::try_from(FILTER.len()).unwrap_or(u64::MAX).saturating_mul(8);
    (0..HASHES).all(|hash| {
        let bit = (first + hash * step) % bits;
        let byte = usize::try_from(bit >> 3).ok().and_then(|place| FILTER.get(place));
        byte.is_some_and(|byte| byte & (1 << (bit & 7)) != 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_of_leaks_are_known() {
        for password in ["password1", "trustno1", "sasha1998", "oleg1985", "q1w2e3r4t5", "voxstrange"] {
            assert!(is_breached(password), "{password}");
        }
    }

    #[test]
    fn hardly_any_other_is_taken_for_one_of_them() {
        let taken = (0..20_000).filter(|number| is_breached(&format!("green tea {number} bicycles"))).count();
        assert_eq!(taken, 0, "of 20000");
    }
}
