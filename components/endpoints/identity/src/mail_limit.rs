//! How much mail may be asked for.

use endpoint::Context;
use http::HeaderMap;
use user_database::Database;

use crate::attempts::{self, Keys};
use crate::auth_error::AuthError;
use crate::client::Client;
use crate::site::Site;
use crate::store;
use crate::user::User;

/// Counts a mail to an address that a client asks for, whether anybody has the address or not, and answers its user. `Err` with the
/// seconds to wait after too many.
///
/// # Errors
/// 503 when the database is out of reach.
pub async fn count(
    context: &Context,
    site: &Site,
    headers: &HeaderMap,
    database: &Database,
    email: &str,
) -> Result<Result<Option<User>, u32>, AuthError> {
    let client = Client::new(site.settings, headers);
    let limits = if site.is_run_for(&client) { attempts::OWN_MAIL } else { attempts::MAIL };
    let keys = Keys::for_mail(site.settings, email, &client);
    let attempt = store::begin_sign_in(database, email, &keys, &limits, context.now_us).await?;
    if attempt.wait_seconds > 0 {
        return Ok(Err(attempt.wait_seconds));
    }
    Ok(Ok(attempt.account.map(|(user, _)| user)))
}

/// As [`count`], where too many are refused.
///
/// # Errors
/// 429 after too many; 503.
pub async fn count_or_refuse(
    context: &Context,
    site: &Site,
    headers: &HeaderMap,
    database: &Database,
    email: &str,
) -> Result<Option<User>, AuthError> {
    count(context, site, headers, database, email).await?.map_err(AuthError::too_many_mails)
}
