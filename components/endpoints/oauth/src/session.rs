//! Who is signed in.

use endpoint::Context;
use http::HeaderMap;
use user_database::Database;
use uuid::Uuid;

use crate::error::OAuthError;
use crate::site::Site;
use crate::store;

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The hash of its token, which names it.
    pub token_hash: Vec<u8>,
    /// Who.
    pub user_id: Uuid,
    /// Their e-mail address, so that they see as whom they act.
    pub email: String,
}

/// The session that a request's cookie names; `None` when nobody is signed in. It is not extended here.
///
/// # Errors
/// When the database is out of reach.
pub async fn current(
    context: &Context,
    site: &Site,
    headers: &HeaderMap,
) -> Result<Option<Session>, OAuthError> {
    let Some(token) = session_cookie::session_token(&site.origin, &site.settings.secrets, headers) else {
        return Ok(None);
    };
    let database = Database::open(&context.request_id).await?;
    let session = store::find_session(&database, session_cookie::token_hash(&token)).await?;
    session.iter().for_each(|session| site.trail.set_user(session.user_id));
    Ok(session)
}
