//! `POST /api/auth/sign-in/email`

use endpoint::{Context, Request};
use http::{StatusCode, header};
use serde::Deserialize;
use serde_json::json;
use user_database::Database;

use crate::answer::Answer;
use crate::attempts::{self, Keys};
use crate::auth_error::AuthError;
use crate::client::Client;
use crate::password_hash::Check;
use crate::site::Site;
use crate::store::{self, NewSession};
use crate::user::User;
use crate::{email, email_verification, hash_slots, input, mail_limit, password_rules, redirect, two_factor};

/// What a user sends.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SignIn {
    email: String,
    password: String,
    #[serde(rename = "callbackURL")]
    callback_url: Option<String>,
    remember_me: Option<bool>,
}

/// Starts a session for whoever knows the password, or asks them for a code first.
///
/// # Errors
/// 400 for a member that is not valid; 401 `INVALID_EMAIL_OR_PASSWORD`; 403 `EMAIL_NOT_VERIFIED`; 429 after many failures.
pub async fn sign_in(context: &Context, site: &Site, request: Request) -> Result<Answer, AuthError> {
    let (parts, content) = request.into_parts();
    let input: SignIn = input::read(&parts.headers, content).await?;
    redirect::check(site, input.callback_url.as_deref())?;
    let email = email::normalise(&input.email)?;
    password_rules::check_length(&input.password, "/password")?;

    let client = Client::new(site.settings, &parts.headers);
    let keys = Keys::new(site.settings, &email, &client);
    let database = Database::open(&context.request_id).await?;
    let attempt = store::begin_sign_in(&database, &email, &keys, &attempts::SIGN_IN, context.now_us).await?;
    if attempt.wait_seconds > 0 {
        return Err(AuthError::too_many_sign_ins(attempt.wait_seconds));
    }
    let (user, stored) = attempt.account.unzip();
    // Who failed to is told to the owner of the account.
    user.iter().for_each(|user| site.trail.set_user(user.id));
    let check = hash_slots::check(site, &database, &input.password, stored.as_deref()).await?;
    let (Some(user), Check::Right | Check::RightButWeak) = (user, check) else {
        return Err(AuthError::invalid_credentials());
    };
    if site.confirms_addresses() && !user.email_verified {
        store::forgive_attempts(&database, &keys).await?;
        mail_limit::count_or_refuse(context, site, &parts.headers, &database, &email).await?;
        let page = input.callback_url.as_deref();
        email_verification::send_link(context, site, &database, Some(&user), &email, page).await?;
        return Err(AuthError::email_not_verified());
    }
    let stronger = match check {
        Check::RightButWeak => Some(hash_slots::hash(site, &database, &input.password).await?),
        _ => None,
    };
    let remembered = input.remember_me != Some(false);
    let trust = if user.two_factor_enabled {
        let trust = two_factor::find_trust(site, &parts.headers, &database, user.id).await?;
        if trust.is_none() {
            return two_factor::begin(site, &database, user.id, remembered, stronger.as_deref()).await;
        }
        trust
    } else {
        None
    };
    let (session, token) = NewSession::start(user.id, remembered, client, context.now_us)?;
    store::complete_sign_in(&database, &session, &keys, stronger.as_deref()).await?;
    let answer = answer(site, &user, &token, remembered, input.callback_url.as_deref())?;
    Ok(match trust {
        Some(trust) => trust.set_cookie(site, answer),
        None => answer,
    })
}

fn answer(
    site: &Site,
    user: &User,
    token: &str,
    remembered: bool,
    callback_url: Option<&str>,
) -> Result<Answer, AuthError> {
    let mut body = json!({"redirect": callback_url.is_some(), "token": token, "user": user.to_json()});
    if let (Some(url), Some(members)) = (callback_url, body.as_object_mut()) {
        members.insert("url".to_owned(), url.into());
    }
    let answer = Answer::new(StatusCode::OK, &body)?.keep_session(site, token, remembered);
    Ok(match callback_url {
        Some(url) => answer.header(header::LOCATION, url),
        None => answer,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{site, user};

    #[test]
    fn the_answer_sets_the_cookie_and_says_where_to_go() {
        let site = site::example("https://todo.example");
        let response =
            answer(&site, &user::example(), "token", true, Some("/tasks")).unwrap().into_response();
        assert_eq!(response.headers()[header::LOCATION], "/tasks");
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        assert!(cookie.starts_with("__Secure-better-auth.session_token=token."), "{cookie}");
        assert!(response.headers()["set-auth-token"].to_str().unwrap().starts_with("token."));
        assert_eq!(response.headers()["access-control-expose-headers"], "set-auth-token");
    }
}
