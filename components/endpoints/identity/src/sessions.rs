//! `GET /api/auth/list-sessions`, `POST /api/auth/revoke-session`, `/revoke-sessions`, `/revoke-other-sessions` and
//! `/update-session`

use endpoint::{Context, Request};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::answer::Answer;
use crate::auth_error::AuthError;
use crate::session::Current;
use crate::site::Site;
use crate::{input, session, store};

/// The sessions of whoever is signed in. The one that asks is named by its token. Of others only hashes of tokens are stored, so they are
/// named by their ids, which [`revoke`] takes as well and which sign nobody in.
///
/// # Errors
/// 401 when nobody is signed in.
pub async fn list(context: &Context, site: &Site, request: &Request) -> Result<Answer, AuthError> {
    let (current, database) = session::required(context, site, request.headers()).await?;
    let user_id = current.session.user.id;
    let found = store::list_sessions(&database, user_id, context.now_us).await?;
    let named = |facts: &session::SessionFacts| {
        let name =
            if facts.id == current.session.facts.id { current.token.clone() } else { facts.id.to_string() };
        facts.to_json(&name, user_id)
    };
    let sessions: Vec<Value> = found.iter().map(named).collect();
    Ok(current.renew_cookie(site, Answer::new(StatusCode::OK, &sessions)?))
}

/// Which session.
#[derive(Deserialize)]
struct Named {
    token: String,
}

/// Ends one session of whoever is signed in, if they have one with this token or id.
///
/// # Errors
/// 400 for a body that is not valid; 401 when nobody is signed in.
pub async fn revoke(context: &Context, site: &Site, request: Request) -> Result<Answer, AuthError> {
    let (parts, content) = request.into_parts();
    let Named { token } = input::read(&parts.headers, content).await?;
    let (current, database) = session::required(context, site, &parts.headers).await?;
    let id = Uuid::try_parse(&token).ok();
    store::revoke_session(&database, current.session.user.id, &session_cookie::token_hash(&token), id)
        .await?;
    done(&current, site)
}

/// Ends every session of whoever is signed in, this one too.
///
/// # Errors
/// 401 when nobody is signed in.
pub async fn revoke_all(context: &Context, site: &Site, request: &Request) -> Result<Answer, AuthError> {
    let (current, database) = session::required(context, site, request.headers()).await?;
    store::revoke_sessions(&database, current.session.user.id, None).await?;
    Answer::new(StatusCode::OK, &json!({"status": true}))
}

/// Ends every session of whoever is signed in but this one.
///
/// # Errors
/// 401 when nobody is signed in.
pub async fn revoke_others(context: &Context, site: &Site, request: &Request) -> Result<Answer, AuthError> {
    let (current, database) = session::required(context, site, request.headers()).await?;
    let kept = Some(current.session.facts.id);
    store::revoke_sessions(&database, current.session.user.id, kept).await?;
    done(&current, site)
}

fn done(current: &Current, site: &Site) -> Result<Answer, AuthError> {
    Ok(current.renew_cookie(site, Answer::new(StatusCode::OK, &json!({"status": true}))?))
}

/// Changes fields of a session. Sessions have none that clients set.
///
/// # Errors
/// 400 always, or 401 when nobody is signed in.
pub async fn update(context: &Context, site: &Site, request: &Request) -> Result<Answer, AuthError> {
    session::required(context, site, request.headers()).await?;
    Err(AuthError::nothing_to_update())
}
