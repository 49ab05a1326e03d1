//! A hash over the parts of an input, for telling whether two inputs are the same.

use sha2::{Digest, Sha256};

/// Feeds parts to SHA-256 (FIPS 180-4) so that different parts never look alike: each is written with its length.
#[derive(Clone, Default)]
pub struct InputHash(Sha256);

impl InputHash {
    /// Nothing fed yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Feeds one part.
    #[must_use]
    pub fn part(mut self, part: impl AsRef<[u8]>) -> Self {
        let part = part.as_ref();
        self.0.update((part.len() as u64).to_be_bytes());
        self.0.update(part);
        self
    }

    /// Feeds a part that may be left out.
    #[must_use]
    pub fn optional(self, part: Option<impl AsRef<[u8]>>) -> Self {
        match part {
            Some(part) => self.part([1]).part(part),
            None => self.part([0]),
        }
    }

    /// The 32 bytes of the hash.
    #[must_use]
    pub fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_part_ends_counts() {
        let hash =
            |parts: &[&str]| parts.iter().fold(InputHash::new(), |hash, part| hash.part(part)).finish();
        assert_eq!(hash(&["ab", "c"]), hash(&["ab", "c"]));
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
        assert_ne!(hash(&["ab"]), hash(&["ab", ""]));
    }

    #[test]
    fn a_part_left_out_differs_from_an_empty_one() {
        assert_ne!(
            InputHash::new().optional(None::<&str>).finish(),
            InputHash::new().optional(Some("")).finish()
        );
    }
}
