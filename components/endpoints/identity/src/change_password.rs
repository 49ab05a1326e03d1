//! `POST /api/auth/change-password`

use endpoint::{Context, Request};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use crate::answer::Answer;
use crate::auth_error::AuthError;
use crate::client::Client;
use crate::site::Site;
use crate::store::{self, NewSession};
use crate::{confirm_password, hash_slots, input, password_rules, session};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ChangePassword {
    new_password: String,
    current_password: String,
    #[serde(default)]
    revoke_other_sessions: Option<bool>,
}

/// Gives whoever is signed in another password. With `revokeOtherSessions` every session ends, and a new one begins for them.
///
/// # Errors
/// 400 for a password that is not taken and for a wrong one (`INVALID_PASSWORD`); 401 when nobody is signed in; 429 after many
/// failures.
pub async fn change_password(context: &Context, site: &Site, request: Request) -> Result<Answer, AuthError> {
    let (parts, content) = request.into_parts();
    let sent: ChangePassword = input::read(&parts.headers, content).await?;
    password_rules::check_length(&sent.current_password, "/currentPassword")?;
    let (current, database) = session::required(context, site, &parts.headers).await?;
    let user = &current.session.user;
    password_rules::check_new(&sent.new_password, &user.email, &user.name, "/newPassword")?;
    confirm_password::confirm(context, site, &parts.headers, &database, user, &sent.current_password).await?;
    let hash = hash_slots::hash(site, &database, &sent.new_password).await?;
    let client = Client::new(site.settings, &parts.headers);
    let remembered = current.session.remembered;
    let begun = match sent.revoke_other_sessions {
        Some(true) => Some(NewSession::start(user.id, remembered, client, context.now_us)?),
        _ => None,
    };
    let session = begun.as_ref().map(|(session, _)| session);
    if !store::change_password(&database, user.id, &hash, session, context.now_us).await? {
        return Err(AuthError::no_password());
    }
    let token = begun.as_ref().map(|(_, token)| token.as_str());
    let answer = Answer::new(StatusCode::OK, &json!({"token": token, "user": user.to_json()}))?;
    Ok(match token {
        Some(token) => answer.keep_session(site, token, remembered),
        None => current.renew_cookie(site, answer),
    })
}
