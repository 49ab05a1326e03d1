//! Headers that the verifier found good. A page or an agent sends the same token again and again: its next request costs
//! a look-up instead of a call and a signature.

use std::collections::HashMap;

use super::{Principal, Recipient};

/// How many headers an instance remembers: about 1 KiB each.
const MAX_TOKENS: usize = 256;

/// What an instance remembers, by header: for whom it was found good, and who it names. Only good headers get in, and none
/// outlives its token.
#[derive(Default)]
pub struct TokenCache(HashMap<String, (Recipient, Principal)>);

impl TokenCache {
    /// Who a header names that was found good for this recipient, at `now` in seconds since 1970-01-01T00:00:00Z.
    pub fn principal(&self, authorization: &str, recipient: &Recipient, now: i64) -> Option<Principal> {
        let (good_for, principal) = self.0.get(authorization)?;
        (good_for == recipient && now < principal.expires_at).then(|| principal.clone())
    }

    /// Remembers a good header. A full memory forgets everything: that is rare, and simpler than an order of age.
    pub fn remember(&mut self, authorization: String, recipient: Recipient, principal: Principal) {
        if self.0.len() >= MAX_TOKENS {
            self.0.clear();
        }
        self.0.insert(authorization, (recipient, principal));
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

    fn recipient(app: &str, part: Option<&str>) -> Recipient {
        Recipient { app: app.to_owned(), part: part.map(str::to_owned) }
    }

    #[test]
    fn a_remembered_header_is_good_until_its_token_expires() {
        let mut token_cache = TokenCache::default();
        let app = recipient("http://localhost:3000", None);
        token_cache.remember("Bearer a".to_owned(), app.clone(), principal(100));
        assert!(token_cache.principal("Bearer a", &app, 99).is_some());
        assert!(token_cache.principal("Bearer a", &app, 100).is_none());
        assert!(token_cache.principal("Bearer b", &app, 99).is_none());
    }

    #[test]
    fn a_remembered_header_is_good_for_whom_it_was_found_good_alone() {
        let mut token_cache = TokenCache::default();
        let app = recipient("http://localhost:3000", None);
        token_cache.remember("Bearer a".to_owned(), app.clone(), principal(100));
        for other in [
            recipient("http://127.0.0.1:3000", None),
            recipient("http://localhost:3001", None),
            recipient("http://localhost:3000", Some("http://localhost:3000/mcp")),
        ] {
            assert!(token_cache.principal("Bearer a", &other, 99).is_none(), "{other:?}");
        }
    }

    #[test]
    fn memory_does_not_grow_without_end() {
        let mut token_cache = TokenCache::default();
        for number in 0..10 * MAX_TOKENS {
            let app = recipient("http://localhost:3000", None);
            token_cache.remember(format!("Bearer {number}"), app, principal(100));
        }
        assert!(token_cache.0.len() <= MAX_TOKENS);
    }
}
