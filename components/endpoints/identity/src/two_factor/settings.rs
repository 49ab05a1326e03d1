//! `POST /api/auth/two-factor/enable`, `/get-totp-uri`, `/generate-backup-codes` and `/disable`: for who is signed in and gives their
//! password.

use endpoint::{Context, Request};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use user_database::Database;

use super::{qr_code, recovery_codes, seal, totp};
use crate::answer::Answer;
use crate::auth_error::AuthError;
use crate::session::Current;
use crate::site::Site;
use crate::{confirm_password, cookies, input, password_rules, session, store};

#[derive(Deserialize)]
struct Confirmed {
    password: String,
    /// Of `enable` alone: by which kind of code.
    #[serde(default)]
    method: Option<String>,
}

/// Whoever is signed in, after their password.
async fn confirmed(
    context: &Context,
    site: &Site,
    request: Request,
) -> Result<(Confirmed, Current, Database), AuthError> {
    let (parts, content) = request.into_parts();
    let sent: Confirmed = input::read(&parts.headers, content).await?;
    password_rules::check_length(&sent.password, "/password")?;
    let (current, database) = session::required(context, site, &parts.headers).await?;
    let user = &current.session.user;
    confirm_password::confirm(context, site, &parts.headers, &database, user, &sent.password).await?;
    Ok((sent, current, database))
}

/// Begins to turn two-factor authentication on: tells the secret for the authenticator, and the recovery codes, this once. It is on when a first
/// code was sent to `/verify-totp`.
///
/// # Errors
/// 400 `TOTP_ALREADY_ENABLED`, `OTP_NOT_CONFIGURED` for codes by mail, `INVALID_PASSWORD`; 401 when nobody is signed in; 429 after many wrong
/// passwords.
pub async fn enable(context: &Context, site: &Site, request: Request) -> Result<Answer, AuthError> {
    let (sent, current, database) = confirmed(context, site, request).await?;
    match sent.method.as_deref() {
        None | Some("totp") => {}
        Some("otp") => {
            let detail = "Codes come from an authenticator app here, not by mail: leave method out.";
            return Err(AuthError::bad_request("OTP_NOT_CONFIGURED", "OTP is not available", detail));
        }
        Some(_) => {
            let sentence = "It has to be totp.";
            return Err(AuthError::invalid("VALIDATION_ERROR", "Validation Error", "/method", sentence));
        }
    }
    let user = &current.session.user;
    let secret = totp::new_secret()?;
    let codes = recovery_codes::generate()?;
    let sealed = seal::seal(site.settings, user.id, &secret)?;
    let hashes = recovery_codes::hashes(&codes);
    if !store::insert_two_factor(&database, user.id, &sealed, hashes).await? {
        let detail = "Two-factor authentication is on. Turn it off first, to begin anew.";
        return Err(AuthError::bad_request("TOTP_ALREADY_ENABLED", "TOTP is already enabled", detail));
    }
    let uri = totp::uri(&secret, &user.email);
    let told = json!({
        "method": "totp", "totpURI": uri, "backupCodes": codes, "qrCode": qr_code::draw(&uri),
    });
    Ok(current.renew_cookie(site, Answer::new(StatusCode::OK, &told)?))
}

/// Tells the secret again, for another authenticator.
///
/// # Errors
/// 400 `TOTP_NOT_ENABLED`, `INVALID_PASSWORD`; 401 when nobody is signed in; 429 after many wrong passwords.
pub async fn get_totp_uri(context: &Context, site: &Site, request: Request) -> Result<Answer, AuthError> {
    let (_, current, database) = confirmed(context, site, request).await?;
    let user = &current.session.user;
    let sealed = store::find_two_factor(&database, user.id).await?.ok_or_else(AuthError::totp_not_enabled)?;
    let opened = seal::open(site.settings, user.id, &sealed).ok_or_else(AuthError::totp_not_readable)?;
    let uri = totp::uri(&opened.secret, &user.email);
    let told = json!({ "totpURI": uri, "qrCode": qr_code::draw(&uri) });
    Ok(current.renew_cookie(site, Answer::new(StatusCode::OK, &told)?))
}

/// Makes other recovery codes, and tells them, this once; those until now are good no more.
///
/// # Errors
/// 400 `TWO_FACTOR_NOT_ENABLED`, `INVALID_PASSWORD`; 401 when nobody is signed in; 429 after many wrong passwords.
pub async fn generate_backup_codes(
    context: &Context,
    site: &Site,
    request: Request,
) -> Result<Answer, AuthError> {
    let (_, current, database) = confirmed(context, site, request).await?;
    let codes = recovery_codes::generate()?;
    let hashes = recovery_codes::hashes(&codes);
    if !store::replace_recovery_codes(&database, current.session.user.id, hashes).await? {
        return Err(AuthError::two_factor_not_enabled());
    }
    let told = json!({"status": true, "backupCodes": codes});
    Ok(current.renew_cookie(site, Answer::new(StatusCode::OK, &told)?))
}

/// Turns two-factor authentication off. Where it is off already, that is no error, as in Better Auth.
///
/// # Errors
/// 400 `INVALID_PASSWORD`; 401 when nobody is signed in; 429 after many wrong passwords.
pub async fn disable(context: &Context, site: &Site, request: Request) -> Result<Answer, AuthError> {
    let (_, current, database) = confirmed(context, site, request).await?;
    store::delete_two_factor(&database, current.session.user.id).await?;
    let answer = Answer::new(StatusCode::OK, &json!({"status": true}))?;
    Ok(current.set_cookie(site, answer.cookies(&[cookies::clear_trusted_device(site)])))
}
