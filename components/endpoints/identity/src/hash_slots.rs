//! How many passwords are hashed at a time, over all instances and replicas: so many that nobody has to wait on a quiet day, and so few that
//! a flood of people who sign in leaves memory and processors to others.

use std::time::Duration;

use spin_sdk::time::sleep;
use user_database::Database;
use uuid::Uuid;

use crate::auth_error::AuthError;
use crate::password_hash::{self, Check};
use crate::site::Site;
use crate::store;

/// For how long a place is held at most, in seconds: longer than the slowest hash takes on a busy machine.
const HOLD_TIMEOUT_SECONDS: i32 = 20;
/// How long to wait before looking for a place again.
const WAIT_INTERVAL: Duration = Duration::from_millis(100);
/// How often to look before giving up: five seconds.
const MAX_LOOKS: u32 = 50;
/// When there may be a place again, in seconds.
const RETRY_AFTER_SECONDS: u32 = 2;

/// Hashes a password, once it is its turn.
///
/// # Errors
/// 503 when no place comes free or there is no memory; 500 when there is no randomness.
pub async fn hash(site: &Site, database: &Database, password: &str) -> Result<String, AuthError> {
    in_turn(site, database, || password_hash::hash(site.settings.password_cost, password)).await
}

/// Checks a password, once it is its turn, and does the same work where there is no account.
///
/// # Errors
/// 503 when no place comes free or there is no memory; 500 when the stored hash can't be read.
pub async fn check(
    site: &Site,
    database: &Database,
    password: &str,
    stored: Option<&str>,
) -> Result<Check, AuthError> {
    in_turn(site, database, || password_hash::check(site.settings.password_cost, password, stored)).await
}

async fn in_turn<T>(
    site: &Site,
    database: &Database,
    work: impl FnOnce() -> Result<T, AuthError>,
) -> Result<T, AuthError> {
    let count = site.settings.max_password_hashes;
    if count == 0 {
        return work();
    }
    let holder = Uuid::now_v7();
    let place = take(database, count, holder).await?;
    let done = work();
    store::free_hash_slot(database, place, holder).await?;
    done
}

async fn take(database: &Database, count: i32, holder: Uuid) -> Result<i32, AuthError> {
    for _ in 0..MAX_LOOKS {
        if let Some(place) = store::take_hash_slot(database, count, holder, HOLD_TIMEOUT_SECONDS).await? {
            return Ok(place);
        }
        sleep(WAIT_INTERVAL).await;
    }
    Err(AuthError::busy(RETRY_AFTER_SECONDS))
}
