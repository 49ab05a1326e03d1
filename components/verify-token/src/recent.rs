//! Headers that were found good. A page or an agent sends the same token again and again: its next request costs a
//! look-up instead of a signature.

use std::collections::HashMap;

use crate::bindings::exports::todo::identity::verifier::Principal;

/// How many headers an instance remembers: about 1 KiB each.
const MOST: usize = 256;

/// What an instance remembers. Only good headers get in, and none outlives its token.
#[derive(Default)]
pub struct Recent(HashMap<String, Principal>);

impl Recent {
    /// The user of a header that was found good, at `now` in seconds since 1970-01-01T00:00:00Z.
    pub fn user(&self, authorization: &str, now: i64) -> Option<Principal> {
        self.0.get(authorization).filter(|user| now < user.expires_at).cloned()
    }

    /// Remembers a good header. A full memory forgets everything: that is rare, and simpler than an order of age.
    pub fn remember(&mut self, authorization: String, user: Principal) {
        if self.0.len() >= MOST {
            self.0.clear();
        }
        self.0.insert(authorization, user);
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Recent};
    use crate::bindings::exports::todo::identity::verifier::Principal;

    fn user(expires_at: i64) -> Principal {
        Principal {
            user_id: "u".to_owned(),
            scopes: vec![],
            email: None,
            name: None,
            time_zone: None,
            expires_at,
        }
    }

    #[test]
    fn a_remembered_header_is_good_until_its_token_expires() {
        let mut recent = Recent::default();
        recent.remember("Bearer a".to_owned(), user(100));
        assert!(recent.user("Bearer a", 99).is_some());
        assert!(recent.user("Bearer a", 100).is_none());
        assert!(recent.user("Bearer b", 99).is_none());
    }

    #[test]
    fn memory_does_not_grow_without_end() {
        let mut recent = Recent::default();
        for number in 0..10 * MOST {
            recent.remember(format!("Bearer {number}"), user(100));
        }
        assert!(recent.0.len() <= MOST);
    }
}
