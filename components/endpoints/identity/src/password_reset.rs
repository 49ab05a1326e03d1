//! `POST /api/auth/request-password-reset`, `GET /api/auth/reset-password` and `POST /api/auth/reset-password`

use endpoint::{Context, Request};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use user_database::Database;

use crate::answer::Answer;
use crate::answer_time::in_equal_time;
use crate::auth_error::AuthError;
use crate::links::{NewLink, Purpose};
use crate::mail::{self, Delivery};
use crate::site::Site;
use crate::user::User;
use crate::{email, hash_slots, input, mail_limit, password_rules, redirect, store};

/// What is said whether anybody has the address or not.
const MAYBE_SENT: &str = "If this email exists in our system, check your email for the reset link";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Requested {
    email: String,
    redirect_to: Option<String>,
}

/// Sends a link to set a password to an address, if somebody has it. Answer and time are the same if nobody has.
///
/// # Errors
/// 400 `RESET_PASSWORD_DISABLED` where there is no mail; 403 for a `redirectTo` of another site; 429 after many requests.
pub async fn request(context: &Context, site: &Site, request: Request) -> Result<Answer, AuthError> {
    let (parts, content) = request.into_parts();
    let sent: Requested = input::read(&parts.headers, content).await?;
    redirect::check_redirect_to(site, sent.redirect_to.as_deref())?;
    let email = email::normalise(&sent.email)?;
    if site.mail() == Delivery::Off {
        return Err(AuthError::no_mail("RESET_PASSWORD_DISABLED", "Reset password isn't enabled"));
    }
    let database = Database::open(&context.request_id).await?;
    let user = mail_limit::count_or_refuse(context, site, &parts.headers, &database, &email).await?;
    user.iter().for_each(|user| site.trail.set_user(user.id));
    in_equal_time(send_link(context, site, &database, user.as_ref(), &email, sent.redirect_to.as_deref()))
        .await?;
    Answer::new(StatusCode::OK, &json!({"status": true, "message": MAYBE_SENT}))
}

async fn send_link(
    context: &Context,
    site: &Site,
    database: &Database,
    user: Option<&User>,
    email: &str,
    redirect_to: Option<&str>,
) -> Result<(), AuthError> {
    let (link, token) = NewLink::new(Purpose::ResetPassword, user, email)?;
    if store::insert_link(database, &link).await? {
        let page = redirect_to.unwrap_or("/?set-password");
        // The token stands in the query, since hosts and proxies write paths into their logs.
        let path = format!("/api/auth/reset-password?token={token}");
        let url = redirect::with_parameter(site, &path, "callbackURL", page);
        mail::send(context, site, mail::password_reset(site, email, &url));
    }
    Ok(())
}

/// What a link carries.
#[derive(Deserialize)]
struct Followed {
    token: Option<String>,
    #[serde(rename = "callbackURL")]
    callback_url: Option<String>,
}

/// Leads from a mail to the page on which a password is set. Nothing changes yet, so that programs that look at links do no harm. The
/// token is in the query, or in the path as in Better Auth.
///
/// # Errors
/// 403 for a `callbackURL` of another site.
pub async fn follow(
    context: &Context,
    site: &Site,
    request: &Request,
    token_of_path: Option<&str>,
) -> Result<Answer, AuthError> {
    let followed: Followed = input::parameters(request.uri())?;
    redirect::check(site, followed.callback_url.as_deref())?;
    let token = token_of_path.or(followed.token.as_deref()).unwrap_or_default();
    let page = followed.callback_url.as_deref();
    let database = Database::open(&context.request_id).await?;
    let link =
        store::find_link(&database, &session_cookie::token_hash(token), &[Purpose::ResetPassword]).await?;
    Ok(Answer::redirect(&match (link, page) {
        (Some(_), Some(page)) => redirect::with_parameter(site, page, "token", token),
        (None, Some(page)) => redirect::with_parameter(site, page, "error", "INVALID_TOKEN"),
        (_, None) => redirect::with_parameter(site, "/api/auth/error", "error", "INVALID_TOKEN"),
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reset {
    new_password: String,
    token: Option<String>,
}

/// Sets a password for whoever followed a link, and ends every session of the account.
///
/// # Errors
/// 400 `INVALID_TOKEN` for a link that was used or is over, and for a password that is not taken.
pub async fn reset(context: &Context, site: &Site, request: Request) -> Result<Answer, AuthError> {
    let (parts, content) = request.into_parts();
    let sent: Reset = input::read(&parts.headers, content).await?;
    let query: Followed = input::parameters(&parts.uri)?;
    let invalid = || {
        AuthError::invalid(
            "INVALID_TOKEN",
            "Invalid token",
            "/token",
            "This link was used already or is over. Ask for a new one.",
        )
    };
    let token = sent.token.or(query.token).filter(|token| !token.is_empty()).ok_or_else(invalid)?;
    password_rules::check_new(&sent.new_password, "", "", "/newPassword")?;
    let hash = session_cookie::token_hash(&token);
    let database = Database::open(&context.request_id).await?;
    // Nothing is hashed for who made a token up.
    let found = store::find_link(&database, &hash, &[Purpose::ResetPassword]).await?;
    let user = found.map(|link| link.user).ok_or_else(invalid)?;
    site.trail.set_user(user.id);
    password_rules::check_new(&sent.new_password, &user.email, &user.name, "/newPassword")?;
    let password_hash = hash_slots::hash(site, &database, &sent.new_password).await?;
    if !store::reset_password(&database, &hash, &password_hash).await? {
        return Err(invalid());
    }
    Answer::new(StatusCode::OK, &json!({"status": true}))
}
