//! `POST /api/auth/send-verification-email` and `GET /api/auth/verify-email`

use endpoint::{Context, Request};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use user_database::Database;

use crate::answer::Answer;
use crate::answer_time::in_equal_time;
use crate::auth_error::AuthError;
use crate::links::{NewLink, Purpose};
use crate::mail::{self, Delivery};
use crate::site::Site;
use crate::store::{self, Link};
use crate::user::User;
use crate::{change_email, email, input, mail_limit, redirect, session};

#[derive(Deserialize)]
struct Requested {
    email: String,
    #[serde(rename = "callbackURL")]
    callback_url: Option<String>,
}

/// Sends a link to confirm an address: to whoever is signed in, or to anybody's address that is not confirmed yet. Without a session answer
/// and time are the same if nobody has the address.
///
/// # Errors
/// 400 `VERIFICATION_EMAIL_NOT_ENABLED` where there is no mail, `EMAIL_MISMATCH` for another address than one's own,
/// `EMAIL_ALREADY_VERIFIED`; 403 for a `callbackURL` of another site; 429 after many requests.
pub async fn send(context: &Context, site: &Site, request: Request) -> Result<Answer, AuthError> {
    let (parts, content) = request.into_parts();
    let sent: Requested = input::read(&parts.headers, content).await?;
    redirect::check(site, sent.callback_url.as_deref())?;
    let email = email::normalise(&sent.email)?;
    if site.mail() == Delivery::Off {
        return Err(AuthError::no_mail("VERIFICATION_EMAIL_NOT_ENABLED", "Verification email isn't enabled"));
    }
    let current = session::current(context, site, &parts.headers, true).await?;
    if let Some(current) = &current {
        check_own(&current.session.user, &email)?;
    }
    let database = Database::open(&context.request_id).await?;
    let user = mail_limit::count_or_refuse(context, site, &parts.headers, &database, &email).await?;
    let unconfirmed = user.filter(|user| !user.email_verified);
    let steps =
        send_link(context, site, &database, unconfirmed.as_ref(), &email, sent.callback_url.as_deref());
    in_equal_time(steps).await?;
    let answer = Answer::new(StatusCode::OK, &json!({"status": true}))?;
    Ok(match current {
        Some(current) => current.renew_cookie(site, answer),
        None => answer,
    })
}

fn check_own(user: &User, email: &str) -> Result<(), AuthError> {
    if user.email != email {
        let sentence = "This is not your address.";
        return Err(AuthError::invalid("EMAIL_MISMATCH", "Email mismatch", "/email", sentence));
    }
    if user.email_verified {
        let sentence = "Your address is confirmed already.";
        return Err(AuthError::invalid(
            "EMAIL_ALREADY_VERIFIED",
            "Email is already verified",
            "/email",
            sentence,
        ));
    }
    Ok(())
}

/// Stores a link to confirm an address and sends it, if there is somebody to send it to.
///
/// # Errors
/// 503 when the database is out of reach.
pub async fn send_link(
    context: &Context,
    site: &Site,
    database: &Database,
    user: Option<&User>,
    email: &str,
    callback_url: Option<&str>,
) -> Result<(), AuthError> {
    let (link, token) = NewLink::new(Purpose::VerifyEmail, user, email)?;
    if store::insert_link(database, &link).await? {
        mail::send(context, site, mail::verification(site, email, &url(site, &token, callback_url)));
    }
    Ok(())
}

/// The link of a mail.
pub fn url(site: &Site, token: &str, callback_url: Option<&str>) -> String {
    let path = format!("/api/auth/verify-email?token={token}");
    redirect::with_parameter(site, &path, "callbackURL", callback_url.unwrap_or("/?email-confirmed"))
}

/// What a link carries.
#[derive(Deserialize)]
struct Followed {
    #[serde(default)]
    token: String,
    #[serde(rename = "callbackURL")]
    callback_url: Option<String>,
}

/// Follows a link to confirm an address or to change it. It is good once.
///
/// # Errors
/// 401 `INVALID_TOKEN` for a link that was used or is over, and `INVALID_USER` for one of somebody else than who is signed in; with a
/// `callbackURL` that is told there. 403 for a `callbackURL` of another site.
pub async fn verify(context: &Context, site: &Site, request: &Request) -> Result<Answer, AuthError> {
    let followed: Followed = input::parameters(request.uri())?;
    let page = followed.callback_url.as_deref();
    redirect::check(site, page)?;
    let current = session::current(context, site, request.headers(), false).await?;
    let viewer = current.as_ref().map(|current| &current.session.user);
    let database = Database::open(&context.request_id).await?;
    let acted = act(context, site, &database, viewer, &followed).await?;
    if let Err(code) = acted {
        site.trail.set_refusal(code);
    }
    match acted {
        Ok(user) => match page {
            Some(page) => Ok(Answer::redirect(&redirect::absolute(site, page))),
            None => Answer::new(StatusCode::OK, &json!({"status": true, "user": user})),
        },
        Err(code) => match page {
            Some(page) => Ok(Answer::redirect(&redirect::with_parameter(site, page, "error", code))),
            None => Err(AuthError::invalid_link(code)),
        },
    }
}

/// The user as they are now, if the link changed the address, or Better Auth's code of what is wrong.
async fn act(
    context: &Context,
    site: &Site,
    database: &Database,
    viewer: Option<&User>,
    followed: &Followed,
) -> Result<Result<Value, &'static str>, AuthError> {
    let hash = session_cookie::token_hash(&followed.token);
    let purposes = [Purpose::VerifyEmail, Purpose::ConfirmChangeEmail, Purpose::ChangeEmail];
    let Some(link) = store::find_link(database, &hash, &purposes).await? else {
        return Ok(Err("INVALID_TOKEN"));
    };
    let Link { purpose, user, .. } = &link;
    site.trail.set_user(user.id);
    match purpose {
        Purpose::ConfirmChangeEmail => site.trail.set_action("email.change_confirmed", None),
        Purpose::ChangeEmail => site.trail.set_action("email.changed", None),
        _ => {}
    }
    if *purpose != Purpose::VerifyEmail && viewer.is_some_and(|viewer| viewer.id != user.id) {
        return Ok(Err("INVALID_USER"));
    }
    let done = match purpose {
        Purpose::ConfirmChangeEmail => {
            let is_first = store::delete_link(database, &hash, *purpose).await?;
            if is_first {
                let page = followed.callback_url.as_deref();
                change_email::send_to_new(context, site, database, Some(user), &link.email, page).await?;
            }
            is_first.then_some(Value::Null)
        }
        Purpose::ChangeEmail => store::change_email(database, &hash).await?.map(|user| user.to_json()),
        _ => store::verify_email(database, &hash).await?.then_some(Value::Null),
    };
    Ok(done.ok_or("INVALID_TOKEN"))
}
