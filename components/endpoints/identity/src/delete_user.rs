//! `POST /api/auth/delete-user` and `GET /api/auth/delete-user/callback`

use endpoint::{Context, Request};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use user_database::Database;

use crate::answer::Answer;
use crate::auth_error::AuthError;
use crate::links::{NewLink, Purpose};
use crate::mail::{self, Delivery};
use crate::session::Session;
use crate::site::Site;
use crate::user::User;
use crate::{confirm_password, cookies, input, mail_limit, password_rules, redirect, session, store};

/// How old a session may be with which an account is deleted without anything else, in microseconds: a day, as in Better Auth.
const MAX_FRESH_AGE_US: i64 = 24 * 60 * 60 * 1_000_000;

#[derive(Deserialize)]
struct DeleteUser {
    password: Option<String>,
    token: Option<String>,
    #[serde(rename = "callbackURL")]
    callback_url: Option<String>,
}

/// Deletes whoever is signed in, with everything that is stored of them: by their password, or by a link that is sent to them. Where
/// there is no mail, a session that was started today does without a password.
///
/// # Errors
/// 400 for a wrong password (`INVALID_PASSWORD`), a session that is too old (`SESSION_EXPIRED`); 401 when nobody is signed in; 403
/// for a `callbackURL` of another site; 404 `INVALID_TOKEN`; 429 after many failures.
pub async fn delete_user(context: &Context, site: &Site, request: Request) -> Result<Answer, AuthError> {
    let (parts, content) = request.into_parts();
    let sent: DeleteUser = input::read(&parts.headers, content).await?;
    redirect::check(site, sent.callback_url.as_deref())?;
    let (current, database) = session::required(context, site, &parts.headers).await?;
    let user = &current.session.user;
    if let Some(token) = sent.token.filter(|token| !token.is_empty()) {
        return erase(site, &database, user, Some(&token)).await;
    }
    if let Some(password) = sent.password.filter(|password| !password.is_empty()) {
        password_rules::check_length(&password, "/password")?;
        confirm_password::confirm(context, site, &parts.headers, &database, user, &password).await?;
        return erase(site, &database, user, None).await;
    }
    if site.mail() != Delivery::Off {
        mail_limit::count_or_refuse(context, site, &parts.headers, &database, &user.email).await?;
        send_link(context, site, &database, user, sent.callback_url.as_deref()).await?;
        let body = json!({"success": true, "message": "Verification email sent"});
        return Ok(current.renew_cookie(site, Answer::new(StatusCode::OK, &body)?));
    }
    if is_fresh(&current.session, context.now_us) {
        return erase(site, &database, user, None).await;
    }
    Err(AuthError::bad_request(
        "SESSION_EXPIRED",
        "Session expired. Re-authenticate to perform this action.",
        "You signed in long ago: give your password to delete your account.",
    ))
}

fn is_fresh(session: &Session, now: i64) -> bool {
    now.saturating_sub(session.facts.created_at) < MAX_FRESH_AGE_US
}

async fn send_link(
    context: &Context,
    site: &Site,
    database: &Database,
    user: &User,
    callback_url: Option<&str>,
) -> Result<(), AuthError> {
    let (link, token) = NewLink::new(Purpose::DeleteUser, Some(user), &user.email)?;
    if store::insert_link(database, &link).await? {
        let path = format!("/api/auth/delete-user/callback?token={token}");
        let url =
            redirect::with_parameter(site, &path, "callbackURL", callback_url.unwrap_or("/?account-deleted"));
        mail::send(context, site, mail::deletion(site, &user.email, &url));
    }
    Ok(())
}

#[derive(Deserialize)]
struct Followed {
    #[serde(default)]
    token: String,
    #[serde(rename = "callbackURL")]
    callback_url: Option<String>,
}

/// Deletes whoever is signed in and follows the link that was sent to them.
///
/// # Errors
/// 403 for a `callbackURL` of another site; 404 when nobody is signed in, and `INVALID_TOKEN` for a link of somebody else, or that was
/// used, or is over.
pub async fn follow(context: &Context, site: &Site, request: &Request) -> Result<Answer, AuthError> {
    let followed: Followed = input::parameters(request.uri())?;
    redirect::check(site, followed.callback_url.as_deref())?;
    let Some(current) = session::current(context, site, request.headers(), false).await? else {
        return Err(AuthError::not_found(
            "FAILED_TO_GET_USER_INFO",
            "Failed to get user info",
            "Nobody is signed in here. Sign in, then open the link again.",
        ));
    };
    let database = Database::open(&context.request_id).await?;
    let answer = erase(site, &database, &current.session.user, Some(&followed.token)).await?;
    Ok(match followed.callback_url {
        Some(page) => Answer::redirect(&redirect::absolute(site, &page)).cookies(&cookies::clear(site)),
        None => answer,
    })
}

async fn erase(
    site: &Site,
    database: &Database,
    user: &User,
    token: Option<&str>,
) -> Result<Answer, AuthError> {
    if !store::erase_user(database, user, token.map(session_cookie::token_hash)).await? {
        return Err(AuthError::not_found(
            "INVALID_TOKEN",
            "Invalid token",
            "This link is not yours, was used already or is over. Ask for a new one.",
        ));
    }
    site.trail.set_recorded();
    let body = json!({"success": true, "message": "User deleted"});
    Ok(Answer::new(StatusCode::OK, &body)?.cookies(&cookies::clear(site)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::SessionFacts;
    use crate::user;

    #[test]
    fn a_session_is_fresh_for_a_day() {
        let facts = SessionFacts {
            id: uuid::Uuid::nil(),
            expires_at: 0,
            ip_address: None,
            user_agent: None,
            created_at: 1_000,
            updated_at: 0,
        };
        let session = Session { user: user::example(), remembered: true, facts };
        assert!(is_fresh(&session, MAX_FRESH_AGE_US + 999));
        assert!(!is_fresh(&session, MAX_FRESH_AGE_US + 1_000));
    }
}
