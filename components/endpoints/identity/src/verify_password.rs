//! `POST /api/auth/verify-password`

use endpoint::{Context, Request};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use crate::answer::Answer;
use crate::auth_error::AuthError;
use crate::site::Site;
use crate::{confirm_password, input, password_rules, session};

#[derive(Deserialize)]
struct VerifyPassword {
    password: String,
}

/// Says whether a password is that of whoever is signed in.
///
/// # Errors
/// 400 `INVALID_PASSWORD`; 401 when nobody is signed in; 429 after many failures.
pub async fn verify_password(context: &Context, site: &Site, request: Request) -> Result<Answer, AuthError> {
    let (parts, content) = request.into_parts();
    let VerifyPassword { password } = input::read(&parts.headers, content).await?;
    password_rules::check_length(&password, "/password")?;
    let (current, database) = session::required(context, site, &parts.headers).await?;
    let user = &current.session.user;
    confirm_password::confirm(context, site, &parts.headers, &database, user, &password).await?;
    Ok(current.renew_cookie(site, Answer::new(StatusCode::OK, &json!({"status": true}))?))
}
