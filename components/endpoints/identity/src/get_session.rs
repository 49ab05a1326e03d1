//! `GET /api/auth/get-session`

use endpoint::{Context, Request};
use http::StatusCode;

use crate::answer::Answer;
use crate::refusal::Refusal;
use crate::site::Site;
use crate::{cookies, session, token};

/// The session and its user, with an access token in the header `set-auth-jwt`; `null` when nobody is signed in.
///
/// # Errors
/// 503 when the database is out of reach.
pub async fn get_session(context: &Context, site: &Site, request: &Request) -> Result<Answer, Refusal> {
    let Some(current) = session::current(context, site, request.headers()).await? else {
        return Ok(Answer::new(StatusCode::OK, &())?.cookies(&cookies::clear_stale(site, request.headers())));
    };
    let jwt = token::issue(context, site, &current.session.user)?;
    let answer = Answer::new(StatusCode::OK, &current.session.to_json(&current.token))?;
    Ok(answer.cookies(&current.cookies).access_token(&jwt))
}
