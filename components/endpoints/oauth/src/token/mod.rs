//! A program gets tokens (OAuth 2.1, section 3.2).

mod authorization_code;
mod client_credentials;
mod device_code;
mod pkce;
mod refresh;
mod refresh_token;

use endpoint::{Context, Request, Response};
use user_database::Database;

pub use refresh_token::RefreshToken;

use crate::client;
use crate::error::{ErrorCode, OAuthError};
use crate::parameters::Parameters;
use crate::site::Site;

/// The name of the way in which programs on devices get tokens (RFC 8628, section 3.4).
pub const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// The name of the way in which services get tokens (RFC 6749, section 4.4).
pub const CLIENT_CREDENTIALS: &str = "client_credentials";
/// In which ways a program gets tokens here.
pub const GRANT_TYPES: [&str; 4] = ["authorization_code", "refresh_token", DEVICE_CODE, CLIENT_CREDENTIALS];

/// Answers with tokens.
///
/// # Errors
/// OAuth's errors (RFC 6749, section 5.2).
pub async fn token(context: &Context, site: &Site, request: Request) -> Result<Response, OAuthError> {
    let (parts, content) = request.into_parts();
    let form = Parameters::from_form(&parts.headers, content).await?;
    let grant_type = form.require("grant_type")?;
    if !GRANT_TYPES.contains(&grant_type) {
        let sentence = "grant_type has to be authorization_code, refresh_token, client_credentials or that of device codes.";
        return Err(OAuthError::new(ErrorCode::UnsupportedGrantType, sentence));
    }
    let database = Database::open(&context.request_id).await?;
    let client = client::authenticate(context, site, &database, &parts.headers, &form).await?;
    if !client.uses(grant_type) {
        let sentence = "The program did not register for this grant_type.";
        return Err(OAuthError::new(ErrorCode::UnauthorizedClient, sentence));
    }
    let known = GRANT_TYPES.into_iter().find(|known| *known == grant_type);
    site.trail.set_action("token.issued", known);
    match grant_type {
        "authorization_code" => authorization_code::exchange(context, site, &database, &client, &form).await,
        CLIENT_CREDENTIALS => client_credentials::exchange(context, site, &database, &client, &form).await,
        DEVICE_CODE => device_code::exchange(context, site, &database, &client, &form).await,
        _ => refresh::refresh(context, site, &database, &client, &form).await,
    }
}

/// A grant that is not good. Why is not said: who guesses learns nothing.
fn dead_grant() -> OAuthError {
    let sentence = "The code or refresh token is not good any more, or was given to another program. Ask the person again.";
    OAuthError::new(ErrorCode::InvalidGrant, sentence)
}
