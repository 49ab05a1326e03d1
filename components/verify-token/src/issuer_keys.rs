//! The public keys of another issuer: what this instance knows of them, what all processes know, and where they come from.
//!
//! A token that names a key which is not known has the keys fetched, and so does age. Whoever makes tokens up can name as many as they like,
//! so an instance asks the database once in a few seconds at most, and all processes together ask the issuer once in half a minute.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use access_token::{Issuer, IssuerKey, NeededKey};
use spin_sdk::time::sleep;
use user_database::{Database, LoggedDbError};

use crate::issuer_fetch;
use crate::issuer_store::{self, Stored};

/// How long an instance does not ask the database again after it did, in seconds.
const READ_INTERVAL_SECONDS: i64 = 5;
/// How long a request waits for keys that another one is fetching, and how often it looks.
const WAIT_TIMEOUT: Duration = Duration::from_secs(3);
const WAIT_INTERVAL: Duration = Duration::from_millis(100);

/// There are no keys at all: the issuer was never reached, or not for too long.
#[derive(Debug, PartialEq, Eq)]
pub struct NoKeysError;

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// What this instance knows.
#[derive(Default)]
struct Known {
    keys: Option<Rc<[IssuerKey]>>,
    /// Until when they count without a look at the database.
    fresh_until: i64,
    /// When the database was asked last.
    read_at: Option<i64>,
    /// Whether a request of this instance is at it.
    is_reading: bool,
}

impl Known {
    fn has(&self, needed: &NeededKey) -> bool {
        self.keys.iter().flat_map(|keys| keys.iter()).any(|key| needed.is(key))
    }

    /// Whether the database has to be asked before a token that needs this key is checked, at `now` in seconds.
    fn is_worth_reading(&self, needed: &NeededKey, now: i64) -> bool {
        let is_good = self.has(needed) && now < self.fresh_until;
        let was_read = self.read_at.is_some_and(|at| now.saturating_sub(at) < READ_INTERVAL_SECONDS);
        !is_good && !was_read
    }

    fn replace(&mut self, stored: &Stored, now: i64) {
        self.keys = stored.keys.clone();
        self.fresh_until = now.saturating_add(stored.fresh_seconds);
    }
}

/// The keys to check a token with that needs this one, at `now` in seconds since 1970-01-01T00:00:00Z. For a key that is known and fresh
/// nobody is asked. Where the issuer is out of reach, the last good copy counts for a day.
///
/// # Errors
/// [`NoKeysError`] where there is no copy, or the database is out of reach and this instance has none.
pub async fn for_token(
    issuer: &Issuer,
    needed: &NeededKey,
    now: i64,
) -> Result<Rc<[IssuerKey]>, NoKeysError> {
    if KNOWN.with_borrow(|known| known.is_worth_reading(needed, now)) {
        let reading = Reading::begin(now);
        // While the database is away, what is known goes on counting.
        if let Ok(stored) = refresh(issuer, needed).await {
            KNOWN.with_borrow_mut(|known| known.replace(&stored, now));
        }
        drop(reading);
    } else {
        wait_until(|| KNOWN.with_borrow(|known| known.has(needed) || !known.is_reading)).await;
    }
    KNOWN.with_borrow(|known| known.keys.clone()).ok_or(NoKeysError)
}

/// A request of this instance asks the database, until this is dropped: also where its client goes away meanwhile.
struct Reading;

impl Reading {
    fn begin(now: i64) -> Self {
        KNOWN.with_borrow_mut(|known| {
            known.read_at = Some(now);
            known.is_reading = true;
        });
        Self
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        KNOWN.with_borrow_mut(|known| known.is_reading = false);
    }
}

/// What all processes know, after the issuer was asked where that is worth it and no other process did of late.
async fn refresh(issuer: &Issuer, needed: &NeededKey) -> Result<Stored, LoggedDbError> {
    let database = Database::open("verify-token").await?;
    let stored = issuer_store::read(&database, issuer.id()).await?;
    if stored.is_fresh() && stored.has(needed) {
        return Ok(stored);
    }
    if issuer_store::claim(&database, issuer.id()).await? {
        if let Some(fetched) = issuer_fetch::fetch().await {
            issuer_store::keep(&database, issuer.id(), &fetched).await?;
        }
        return issuer_store::read(&database, issuer.id()).await;
    }
    let mut waited = Duration::ZERO;
    loop {
        let stored = issuer_store::read(&database, issuer.id()).await?;
        // An old copy is not worth a wait.
        if stored.has(needed) || !stored.is_being_fetched || waited >= WAIT_TIMEOUT {
            return Ok(stored);
        }
        sleep(WAIT_INTERVAL).await;
        waited = waited.saturating_add(WAIT_INTERVAL);
    }
}

async fn wait_until(is_over: impl Fn() -> bool) {
    let mut waited = Duration::ZERO;
    while !is_over() && waited < WAIT_TIMEOUT {
        sleep(WAIT_INTERVAL).await;
        waited = waited.saturating_add(WAIT_INTERVAL);
    }
}

#[cfg(test)]
mod tests {
    use access_token::{KeyAlgorithm, Secret, Signer, SigningKey};
    use serde_json::json;

    use super::*;

    const NOW: i64 = 1_795_000_000;

    fn key(id: &str) -> SigningKey {
        SigningKey::new(id.to_owned(), KeyAlgorithm::EdDsa, &[7; 32]).unwrap()
    }

    fn needed(id: &str) -> NeededKey {
        let issuer = Issuer::new("https://id.example").unwrap();
        let token =
            Signer::with_key(&key(id)).sign_typed("JWT", &json!({"iss": "https://id.example"})).unwrap();
        issuer.needed_key(&token).unwrap().unwrap()
    }

    fn stored(id: &str) -> Stored {
        let jwk = key(id).public_key().to_jwk();
        let keys = IssuerKey::read_set(&json!({ "keys": [jwk] })).unwrap();
        Stored { keys: Some(keys.into()), fresh_seconds: 600, is_being_fetched: false }
    }

    #[test]
    fn a_key_that_is_known_and_fresh_has_nobody_asked() {
        let mut known = Known::default();
        assert!(known.is_worth_reading(&needed("a"), NOW));
        known.read_at = Some(NOW);
        known.replace(&stored("a"), NOW);
        assert!(!known.is_worth_reading(&needed("a"), NOW + 599));
        assert!(known.is_worth_reading(&needed("a"), NOW + 600), "it is old");
    }

    #[test]
    fn keys_that_are_made_up_have_the_database_asked_once_in_a_while() {
        let mut known = Known::default();
        known.replace(&stored("a"), NOW);
        let mut asked = 0;
        for number in 0..1000 {
            // A hundred of them in a second.
            let at = NOW + number / 100;
            if known.is_worth_reading(&needed(&format!("made-up-{number}")), at) {
                asked += 1;
                known.read_at = Some(at);
            }
        }
        assert_eq!(asked, 2, "in ten seconds");
        assert!(known.has(&needed("a")), "what is known stays");
    }

    #[test]
    fn a_token_of_the_shared_secret_needs_no_key() {
        let secret = Secret::new(&"s".repeat(32)).unwrap();
        let issuer = Issuer::new("https://id.example").unwrap().with_secret(Some(secret.clone()));
        let token = Signer::new(&secret).sign_typed("JWT", &json!({"iss": "https://id.example"})).unwrap();
        assert_eq!(issuer.needed_key(&token), Ok(None));
    }
}
