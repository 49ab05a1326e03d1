//! `POST /api/auth/change-email`

use endpoint::{Context, Request};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use user_database::Database;

use crate::answer::Answer;
use crate::auth_error::AuthError;
use crate::links::{NewLink, Purpose};
use crate::mail::{self, Delivery};
use crate::site::Site;
use crate::user::User;
use crate::{email, email_verification, input, mail_limit, redirect, session, store};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ChangeEmail {
    new_email: String,
    #[serde(rename = "callbackURL")]
    callback_url: Option<String>,
}

/// Begins to give whoever is signed in another address. One that is confirmed has to agree by mail; then the new one is confirmed by
/// mail, and with that it is theirs. Where there is no mail, an address that was never confirmed is changed at once. The answer does
/// not tell whether somebody has the new one.
///
/// # Errors
/// 400 for an address that is not valid or is the same; 401 when nobody is signed in; 403 for a `callbackURL` of another
/// site; 429 after many requests.
pub async fn change_email(context: &Context, site: &Site, request: Request) -> Result<Answer, AuthError> {
    let (parts, content) = request.into_parts();
    let sent: ChangeEmail = input::read(&parts.headers, content).await?;
    redirect::check(site, sent.callback_url.as_deref())?;
    let new = email::normalise_member(&sent.new_email, "/newEmail")?;
    let page = sent.callback_url.as_deref();
    let (current, database) = session::required(context, site, &parts.headers).await?;
    let user = &current.session.user;
    if new == user.email {
        let sentence = "This is your address already.";
        return Err(AuthError::invalid("EMAIL_IS_THE_SAME", "Email is the same", "/newEmail", sentence));
    }
    if site.mail() == Delivery::Off {
        if user.email_verified {
            return Err(AuthError::no_mail(
                "VERIFICATION_EMAIL_ISNT_ENABLED",
                "Verification email isn't enabled",
            ));
        }
        store::set_email(&database, user.id, &new, context.now_us).await?;
        site.trail.set_action("email.changed", None);
        return answer(site, &current);
    }
    mail_limit::count_or_refuse(context, site, &parts.headers, &database, &user.email).await?;
    let is_taken = store::is_email_taken(&database, &new).await?;
    let receiver = (!is_taken).then_some(user);
    if user.email_verified {
        let (link, token) = NewLink::new(Purpose::ConfirmChangeEmail, receiver, &new)?;
        if store::insert_link(&database, &link).await? {
            let url = email_verification::url(site, &token, page);
            mail::send(context, site, mail::change_confirmation(site, &user.email, &new, &url));
        }
    } else {
        send_to_new(context, site, &database, receiver, &new, page).await?;
    }
    answer(site, &current)
}

fn answer(site: &Site, current: &session::Current) -> Result<Answer, AuthError> {
    Ok(current.renew_cookie(site, Answer::new(StatusCode::OK, &json!({"status": true}))?))
}

/// Sends the link with which a new address becomes a user's; the same work is done where it can become nobody's.
///
/// # Errors
/// 503 when the database is out of reach.
pub async fn send_to_new(
    context: &Context,
    site: &Site,
    database: &Database,
    user: Option<&User>,
    new: &str,
    callback_url: Option<&str>,
) -> Result<(), AuthError> {
    let (link, token) = NewLink::new(Purpose::ChangeEmail, user, new)?;
    if store::insert_link(database, &link).await? {
        let url = email_verification::url(site, &token, callback_url);
        mail::send(context, site, mail::new_address(site, new, &url));
    }
    Ok(())
}
