//! What follows a right code.

use endpoint::Context;
use http::{HeaderMap, StatusCode};
use serde_json::json;
use user_database::Database;

use super::challenge::{self, Challenged};
use crate::answer::Answer;
use crate::attempts::Keys;
use crate::auth_error::AuthError;
use crate::client::Client;
use crate::cookies;
use crate::site::Site;
use crate::store::{self, NewSession};
use crate::user::User;

/// Signs whoever answered a challenge in, and trusts their browser if they want that; for who is signed in nothing begins.
///
/// # Errors
/// 503 when the database is out of reach.
pub async fn answer(
    context: &Context,
    site: &Site,
    headers: &HeaderMap,
    database: &Database,
    challenged: Challenged,
    trusts_device: bool,
) -> Result<Answer, AuthError> {
    let (user, remembered) = match challenged {
        Challenged::SignedIn(current) => {
            let user = User { two_factor_enabled: true, ..current.session.user.clone() };
            let told = Answer::new(StatusCode::OK, &json!({"token": current.token, "user": user.to_json()}))?;
            return Ok(current.set_cookie(site, told));
        }
        Challenged::Challenge { user, remembered, .. } => (user, remembered),
    };
    let client = Client::new(site.settings, headers);
    let keys = Keys::new(site.settings, &user.email, &client);
    let (session, token) = NewSession::start(user.id, remembered, client, context.now_us)?;
    store::complete_sign_in(database, &session, &keys, None).await?;
    let told = Answer::new(StatusCode::OK, &json!({"token": token, "user": user.to_json()}))?
        .keep_session(site, &token, remembered)
        .cookies(&[cookies::clear_challenge(site)]);
    if trusts_device {
        Ok(challenge::trust(database, user.id).await?.set_cookie(site, told))
    } else {
        Ok(told)
    }
}
