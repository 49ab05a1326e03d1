//! `GET` and `POST /api/auth/get-session`

use endpoint::{Context, Request};
use http::StatusCode;
use serde::Deserialize;

use crate::answer::Answer;
use crate::auth_error::AuthError;
use crate::site::Site;
use crate::{cookies, input, session, token};

/// What may be asked for. Better Auth's `disableCookieCache` needs no answer: no session is kept in a cookie.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Choices {
    #[serde(default)]
    disable_refresh: bool,
}

/// The session and its user, with an access token in the header `set-auth-jwt`; `null` when nobody is signed in.
///
/// # Errors
/// 503 when the database is out of reach.
pub async fn get_session(context: &Context, site: &Site, request: &Request) -> Result<Answer, AuthError> {
    let choices: Choices = input::parameters(request.uri())?;
    let current = session::current(context, site, request.headers(), !choices.disable_refresh).await?;
    let Some(current) = current else {
        return Ok(Answer::new(StatusCode::OK, &())?.cookies(&cookies::clear_stale(site, request.headers())));
    };
    let jwt = token::issue(context, site, &current.session.user)?;
    let answer = Answer::new(StatusCode::OK, &current.session.to_json(&current.token))?;
    Ok(current.renew_cookie(site, answer).access_token(&jwt))
}
