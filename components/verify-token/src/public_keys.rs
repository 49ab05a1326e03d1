//! The public keys that tokens may be signed with, as this instance knows them.

use std::cell::RefCell;
use std::rc::Rc;

use access_token::{KeyAlgorithm, PublicKey, Verifier};
use user_database::{Database, DecodeError, LoggedDbError, Row, Statement};

/// For how long what was read counts, in seconds: a key that an operator removed is good no longer. A key that is needed before and
/// not known is looked for at once.
const MAX_AGE_SECONDS: i64 = 300;
/// How many ids are remembered for which there is no key. The app made each of them, so there are few.
const MAX_UNKNOWN_IDS: usize = 64;

const SELECT: Statement =
    Statement::new("select_public_keys", "todo.signing_keys", include_str!("select_public_keys.sql"));

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// What this instance knows.
#[derive(Default)]
struct Known {
    keys: Rc<[PublicKey]>,
    read_at: i64,
    /// Ids for which there was no key, and when it was looked for.
    unknown: Vec<(String, i64)>,
}

impl Known {
    /// Whether the key with this id has to be looked for: each is, once in a while.
    fn is_worth_reading(&self, id: Option<&str>, now: i64) -> bool {
        let is_old = |at: i64| now.saturating_sub(at) >= MAX_AGE_SECONDS;
        match id {
            Some(id) => !self.unknown.iter().any(|(known, at)| known == id && !is_old(*at)),
            None => !self.keys.is_empty() && is_old(self.read_at),
        }
    }

    fn replace(&mut self, keys: Vec<PublicKey>, asked: Option<&str>, now: i64) {
        self.keys = keys.into();
        self.read_at = now;
        self.unknown.retain(|(id, at)| {
            now.saturating_sub(*at) < MAX_AGE_SECONDS && self.keys.iter().all(|key| key.id() != id)
        });
        let missing = asked.filter(|id| self.keys.iter().all(|key| key.id() != *id));
        if let Some(id) = missing
            && self.unknown.len() < MAX_UNKNOWN_IDS
        {
            self.unknown.push((id.to_owned(), now));
        }
    }
}

/// The keys to check this token with, at `now` in seconds since 1970-01-01T00:00:00Z. For one that is signed with the shared secret or
/// with a key that is known, the database is not asked, but for one time in five minutes.
///
/// # Errors
/// Where the key is not known here, and the database is out of reach.
pub async fn for_token(verifier: &Verifier, token: &str, now: i64) -> Result<Rc<[PublicKey]>, LoggedDbError> {
    let known = KNOWN.with_borrow(|known| Rc::clone(&known.keys));
    let missing = verifier.missing_key(&known, token);
    if !KNOWN.with_borrow(|known| known.is_worth_reading(missing.as_deref(), now)) {
        return Ok(known);
    }
    match read().await {
        Ok(keys) => {
            KNOWN.with_borrow_mut(|known| known.replace(keys, missing.as_deref(), now));
            Ok(KNOWN.with_borrow(|known| Rc::clone(&known.keys)))
        }
        // What is known goes on counting while the database is away.
        Err(_) if missing.is_none() => Ok(known),
        Err(error) => Err(error),
    }
}

async fn read() -> Result<Vec<PublicKey>, LoggedDbError> {
    let database = Database::open("verify-token").await?;
    let rows = database.rows(&SELECT, vec![]).await?;
    database.decode(&SELECT, || {
        // A key of an algorithm that a later release brought is none here.
        rows.into_iter().filter_map(|row| public_key(row).transpose()).collect()
    })
}

fn public_key(mut row: Row) -> Result<Option<PublicKey>, DecodeError> {
    let (id, algorithm): (String, String) = (row.read("id")?, row.read("algorithm")?);
    let bytes: Vec<u8> = row.read("public_key")?;
    Ok(KeyAlgorithm::from_name(&algorithm).and_then(|algorithm| PublicKey::new(id, algorithm, bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(id: &str) -> PublicKey {
        PublicKey::new(id.to_owned(), KeyAlgorithm::EdDsa, vec![1; 32]).unwrap()
    }

    #[test]
    fn a_known_key_is_read_again_when_it_is_old_and_an_unknown_one_once() {
        let mut known = Known::default();
        assert!(!known.is_worth_reading(None, 0), "tokens of the shared secret need no key");
        assert!(known.is_worth_reading(Some("a"), 0));
        known.replace(vec![key("b")], Some("a"), 0);
        assert!(!known.is_worth_reading(Some("a"), MAX_AGE_SECONDS - 1));
        assert!(known.is_worth_reading(Some("a"), MAX_AGE_SECONDS));
        assert!(known.is_worth_reading(Some("c"), 0), "each is looked for");
        assert!(!known.is_worth_reading(None, MAX_AGE_SECONDS - 1));
        assert!(known.is_worth_reading(None, MAX_AGE_SECONDS));
        known.replace(vec![key("a"), key("b")], Some("a"), 1);
        assert!(known.unknown.is_empty());
    }

    #[test]
    fn ids_without_a_key_do_not_grow_without_end() {
        let mut known = Known::default();
        for number in 0..10 * MAX_UNKNOWN_IDS {
            known.replace(vec![], Some(&number.to_string()), 0);
        }
        assert_eq!(known.unknown.len(), MAX_UNKNOWN_IDS);
        known.replace(vec![], Some("x"), MAX_AGE_SECONDS);
        assert_eq!(known.unknown.len(), 1, "what is old is forgotten");
    }
}
