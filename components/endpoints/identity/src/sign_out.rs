//! `POST /api/auth/sign-out`

use endpoint::{Context, Request};
use http::StatusCode;
use serde_json::json;
use user_database::Database;

use crate::answer::Answer;
use crate::auth_error::AuthError;
use crate::site::Site;
use crate::{cookies, session, store};

/// Ends the session that the request carries, and clears the cookies in any case.
///
/// # Errors
/// 503 when the database is out of reach: the session would stay valid.
pub async fn sign_out(context: &Context, site: &Site, request: &Request) -> Result<Answer, AuthError> {
    if let Some(token) = session::read_token(site, request.headers()) {
        let database = Database::open(&context.request_id).await?;
        let ended = store::delete_session(&database, &session_cookie::token_hash(&token)).await?;
        ended.into_iter().for_each(|user_id| site.trail.set_user(user_id));
    }
    Ok(Answer::new(StatusCode::OK, &json!({"success": true}))?.cookies(&cookies::clear(site)))
}
