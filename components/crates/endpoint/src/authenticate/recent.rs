//! Headers that the verifier found good. A page or an agent sends the same token again and again: its next request costs
//! a look-up instead of a call and a signature.

use std::collections::HashMap;

use super::Principal;

/// How many headers an instance remembers: about 1 KiB each.
const MOST: usize = 256;

/// What an instance remembers. Only good headers get in, and none outlives its token.
#[derive(Default)]
pub struct Recent(HashMap<String, Principal>);

impl Recent {
    /// Who a header names that was found good, at `now` in seconds since 1970-01-01T00:00:00Z.
    pub fn principal(&self, authorization: &str, now: i64) -> Option<Principal> {
        self.0.get(authorization).filter(|principal| now < principal.expires_at).cloned()
    }

    /// Remembers a good header. A full memory forgets everything: that is rare, and simpler than an order of age.
    pub fn remember(&mut self, authorization: String, principal: Principal) {
        if self.0.len() >= MOST {
            self.0.clear();
        }
        self.0.insert(authorization, principal);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn principal(expires_at: i64) -> Principal {
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
        recent.remember("Bearer a".to_owned(), principal(100));
        assert!(recent.principal("Bearer a", 99).is_some());
        assert!(recent.principal("Bearer a", 100).is_none());
        assert!(recent.principal("Bearer b", 99).is_none());
    }

    #[test]
    fn memory_does_not_grow_without_end() {
        let mut recent = Recent::default();
        for number in 0..10 * MOST {
            recent.remember(format!("Bearer {number}"), principal(100));
        }
        assert!(recent.0.len() <= MOST);
    }
}
