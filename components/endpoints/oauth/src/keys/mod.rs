//! The pairs of keys that sign tokens: made here, kept sealed in PostgreSQL, replaced when they are old, and published as long as tokens
//! that they signed may come.

mod jwks;
mod make;
mod seal;

use std::cell::RefCell;
use std::rc::Rc;

use access_token::{KeyAlgorithm, Signer, SigningKey};
use endpoint::Context;
use user_database::Database;

pub use jwks::jwks;
pub use make::NewKey;

use crate::error::OAuthError;
use crate::settings::Settings;
use crate::store::{self, KeyState};

/// For how long an instance signs with the key that it found, in seconds: so long after an operator retired a key it may still sign.
const MAX_AGE_SECONDS: i64 = 60;

thread_local! {
    static KNOWN: RefCell<Vec<Known>> = RefCell::default();
}

/// A key that this instance signs with.
struct Known {
    algorithm: KeyAlgorithm,
    signer: Rc<Signer>,
    found_at: i64,
}

/// What signs access tokens, as the operator chose.
///
/// # Errors
/// When there is no key, and none can be made.
pub async fn access_token_signer(
    context: &Context,
    settings: &'static Settings,
    database: &Database,
) -> Result<Rc<Signer>, OAuthError> {
    match settings.token_algorithm {
        Some(algorithm) => signer(context, settings, database, algorithm).await,
        None => Ok(Rc::new(Signer::new(settings.secret()))),
    }
}

/// What signs with the newest key of this algorithm. It is made where there is none, and the next one where that is old.
///
/// # Errors
/// When there is none, and none can be made.
pub async fn signer(
    context: &Context,
    settings: &Settings,
    database: &Database,
    algorithm: KeyAlgorithm,
) -> Result<Rc<Signer>, OAuthError> {
    let now = context.now_us.div_euclid(1_000_000);
    let is_current = |known: &&Known| {
        known.algorithm == algorithm && (0..MAX_AGE_SECONDS).contains(&(now - known.found_at))
    };
    let known =
        KNOWN.with_borrow(|known| known.iter().find(is_current).map(|known| Rc::clone(&known.signer)));
    if let Some(signer) = known {
        return Ok(signer);
    }
    let signer = Rc::new(Signer::with_key(&current(settings, database, algorithm).await?));
    KNOWN.with_borrow_mut(|known| {
        known.retain(|known| known.algorithm != algorithm);
        known.push(Known { algorithm, signer: Rc::clone(&signer), found_at: now });
    });
    Ok(signer)
}

/// The newest key that signs and opens.
async fn current(
    settings: &Settings,
    database: &Database,
    algorithm: KeyAlgorithm,
) -> Result<SigningKey, OAuthError> {
    // The second time finds what the first one made, or what another process made at once.
    for _ in 0..2 {
        let state = store::find_signing_keys(database, algorithm, settings.signing_key_days).await?;
        let opened = state.keys.iter().find_map(|key| seal::open(&settings.secrets, algorithm, key));
        if opened.is_none() && !state.keys.is_empty() {
            log::warn!("no signing key opens with better_auth_secret or the one before: a new one is made");
        }
        let Some(key) = opened else {
            make_next(settings, database, algorithm, &state, Urgency::AtOnce).await?;
            continue;
        };
        if state.is_old {
            make_next(settings, database, algorithm, &state, Urgency::Announced).await?;
        }
        return Ok(key);
    }
    Err(OAuthError::internal("there is no signing key, though one was made"))
}

/// When a key that is made signs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Urgency {
    /// At once, since there is no other.
    AtOnce,
    /// Once everybody who checks tokens has had time to learn of it.
    Announced,
}

async fn make_next(
    settings: &Settings,
    database: &Database,
    algorithm: KeyAlgorithm,
    state: &KeyState,
    urgency: Urgency,
) -> Result<(), OAuthError> {
    let made = make::make(settings.secret(), algorithm)?;
    let is_stored =
        store::insert_signing_key(database, &made, state.generation, urgency == Urgency::Announced).await?;
    if is_stored {
        log::info!(key = made.public.id(), algorithm = algorithm.name(); "a signing key was made");
    }
    Ok(())
}
