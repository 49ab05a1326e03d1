//! What an instance has found out about the addresses and statements it uses again and again.

use super::address::Address;
use super::bindings::Error;
use super::session::{Effect, effect_of};
use app_manifest::AllowedHosts;
use lru::LruCache;
use std::num::NonZeroUsize;
use std::sync::Arc;

/// Addresses kept: a component has one or two.
const ADDRESSES: NonZeroUsize = NonZeroUsize::new(8).expect("more than zero");
/// Statements kept.
const STATEMENTS: NonZeroUsize = NonZeroUsize::new(128).expect("more than zero");
/// The longest text kept, in bytes: what a component makes the host remember is limited.
const LONGEST: usize = 16 * 1024;

/// Reading an address and judging a statement take longer than finding either again.
pub struct Known {
    addresses: LruCache<String, Arc<Address>>,
    effects: LruCache<Box<str>, Effect>,
}

impl Default for Known {
    fn default() -> Self {
        Self { addresses: LruCache::new(ADDRESSES), effects: LruCache::new(STATEMENTS) }
    }
}

impl Known {
    /// The address `text`, which `allowed` has to allow. It is always to be the allow-list of the same component.
    ///
    /// # Errors
    /// As [`Address::parse`].
    pub(super) fn address(&mut self, text: &str, allowed: &AllowedHosts) -> Result<Arc<Address>, Error> {
        if let Some(address) = self.addresses.get(text) {
            return Ok(Arc::clone(address));
        }
        let address = Arc::new(Address::parse(text, allowed)?);
        if text.len() <= LONGEST {
            self.addresses.put(text.to_owned(), Arc::clone(&address));
        }
        Ok(address)
    }

    /// What `sql` does to its session.
    pub(super) fn effect(&mut self, sql: &str) -> Effect {
        if let Some(effect) = self.effects.get(sql) {
            return *effect;
        }
        let effect = effect_of(sql);
        if sql.len() <= LONGEST {
            self.effects.put(sql.into(), effect);
        }
        effect
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_what_was_found_out() {
        let mut known = Known::default();
        let allowed = AllowedHosts::parse(&["postgres://db".to_owned()]).unwrap();
        let first = known.address("postgres://u:p@db/d", &allowed).unwrap();
        assert!(Arc::ptr_eq(&first, &known.address("postgres://u:p@db/d", &allowed).unwrap()));
        for _ in 0..2 {
            assert!(known.address("postgres://u:p@evil/d", &allowed).is_err(), "what is denied stays denied");
            assert_eq!(known.effect("SELECT 1"), Effect::None);
            assert_eq!(known.effect("SET x = 1"), Effect::Session);
        }
    }

    #[test]
    fn what_is_too_long_is_not_kept() {
        let mut known = Known::default();
        for length in 0..200 {
            let long = format!("SELECT '{}'", "x".repeat(LONGEST + length));
            assert_eq!(known.effect(&long), Effect::None);
        }
        assert_eq!(known.effects.len(), 0);
    }
}
