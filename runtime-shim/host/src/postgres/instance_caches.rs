//! What an instance has found out about the addresses and statements it uses again and again.

use super::address::Address;
use super::bindings::Error;
use app_manifest::AllowedHosts;
use lru::LruCache;
use sql_scanner::{SessionEffect, SqlText, session_effect};
use std::num::NonZeroUsize;
use std::sync::Arc;

/// Addresses kept: a component has one or two.
const ADDRESSES: NonZeroUsize = NonZeroUsize::new(8).expect("more than zero");
/// Statements kept.
const STATEMENTS: NonZeroUsize = NonZeroUsize::new(128).expect("more than zero");
/// The longest text kept, in bytes: what a component makes the host remember is limited.
const MAX_KEPT: usize = 16 * 1024;

/// Reading an address and judging a statement take longer than finding either again.
pub struct InstanceCaches {
    addresses: LruCache<String, Arc<Address>>,
    statements: LruCache<Box<str>, Statement>,
}

/// What is known of a statement.
struct Statement {
    effect: SessionEffect,
    /// There once a span has shown it.
    text: Option<Arc<SqlText>>,
}

impl Default for InstanceCaches {
    fn default() -> Self {
        Self { addresses: LruCache::new(ADDRESSES), statements: LruCache::new(STATEMENTS) }
    }
}

impl InstanceCaches {
    /// The address `text`, which `allowed` has to allow. It is always to be the allow-list of the same component.
    ///
    /// # Errors
    /// As [`Address::parse`].
    pub(super) fn address(&mut self, text: &str, allowed: &AllowedHosts) -> Result<Arc<Address>, Error> {
        if let Some(address) = self.addresses.get(text) {
            return Ok(Arc::clone(address));
        }
        let address = Arc::new(Address::parse(text, allowed)?);
        if text.len() <= MAX_KEPT {
            self.addresses.put(text.to_owned(), Arc::clone(&address));
        }
        Ok(address)
    }

    /// What `sql` does to its session.
    pub(super) fn effect(&mut self, sql: &str) -> SessionEffect {
        if let Some(statement) = self.statements.get(sql) {
            return statement.effect;
        }
        let effect = session_effect(sql);
        if sql.len() <= MAX_KEPT {
            self.statements.put(sql.into(), Statement { effect, text: None });
        }
        effect
    }

    /// `sql` as a span may show it.
    pub(super) fn text(&mut self, sql: &str) -> Arc<SqlText> {
        let read = || Arc::new(SqlText::new(sql));
        match self.statements.get_mut(sql) {
            Some(statement) => Arc::clone(statement.text.get_or_insert_with(read)),
            None => read(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_what_was_found_out() {
        let mut caches = InstanceCaches::default();
        let allowed = AllowedHosts::parse(&["postgres://db".to_owned()]).unwrap();
        let first = caches.address("postgres://u:p@db/d", &allowed).unwrap();
        assert!(Arc::ptr_eq(&first, &caches.address("postgres://u:p@db/d", &allowed).unwrap()));
        for _ in 0..2 {
            assert!(
                caches.address("postgres://u:p@evil/d", &allowed).is_err(),
                "what is denied stays denied"
            );
            assert_eq!(caches.effect("SELECT 1"), SessionEffect::None);
            assert_eq!(caches.effect("SET x = 1"), SessionEffect::Session);
        }
    }

    #[test]
    fn a_text_is_read_once_for_a_statement_that_is_kept() {
        let mut caches = InstanceCaches::default();
        assert_eq!(caches.text("SELECT 'a'").text, "SELECT ?");
        caches.effect("SELECT 1");
        let first = caches.text("SELECT 1");
        assert!(Arc::ptr_eq(&first, &caches.text("SELECT 1")));
    }

    #[test]
    fn what_is_too_long_is_not_kept() {
        let mut caches = InstanceCaches::default();
        for length in 0..200 {
            let long = format!("SELECT '{}'", "x".repeat(MAX_KEPT + length));
            assert_eq!(caches.effect(&long), SessionEffect::None);
        }
        assert_eq!(caches.statements.len(), 0);
    }
}
