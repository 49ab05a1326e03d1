//! Asking whoever is signed in for their password again.

use endpoint::Context;
use http::HeaderMap;
use user_database::Database;

use crate::attempts::{self, Keys};
use crate::auth_error::AuthError;
use crate::client::Client;
use crate::hash_slots;
use crate::password_hash::Check;
use crate::site::Site;
use crate::store;
use crate::user::User;

/// Checks the password of a user. A wrong one counts as an attempt to sign in: a session that was taken over shall not help to guess.
///
/// # Errors
/// 400 `INVALID_PASSWORD` or `CREDENTIAL_ACCOUNT_NOT_FOUND`; 429 after many failures.
pub async fn confirm(
    context: &Context,
    site: &Site,
    headers: &HeaderMap,
    database: &Database,
    user: &User,
    password: &str,
) -> Result<(), AuthError> {
    let keys = Keys::new(site.settings, &user.email, &Client::new(site.settings, headers));
    let attempt =
        store::begin_sign_in(database, &user.email, &keys, &attempts::SIGN_IN, context.now_us).await?;
    if attempt.wait_seconds > 0 {
        return Err(AuthError::too_many_sign_ins(attempt.wait_seconds));
    }
    let stored = attempt.account.filter(|(found, _)| found.id == user.id).map(|(_, stored)| stored);
    let Some(stored) = stored else { return Err(AuthError::no_password()) };
    match hash_slots::check(site, database, password, Some(&stored)).await? {
        Check::Wrong => Err(AuthError::wrong_password()),
        Check::Right | Check::RightButWeak => Ok(store::forgive_attempts(database, &keys).await?),
    }
}
