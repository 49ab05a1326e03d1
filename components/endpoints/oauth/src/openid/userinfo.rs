//! A program asks who somebody is (OpenID Connect Core, section 5.3).

use access_token::bearer_token;
use endpoint::{Context, Request, Response, body};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use user_database::Database;

use super::claims::UserClaims;
use crate::error::{ErrorCode, OAuthError};
use crate::site::Site;
use crate::{access, store};

/// What the scopes of the access token allow to know, as it is now.
///
/// # Errors
/// 401 without a token that is good, 403 for one without the scope `openid`.
pub async fn userinfo(context: &Context, site: &Site, request: &Request) -> Result<Response, OAuthError> {
    let token = bearer(request.headers())?;
    let database = Database::open(&context.request_id).await?;
    let claims = access::read(context, site, &database, token).await?.ok_or_else(untrusted)?;
    if !super::is_asked(&claims.scope) {
        let sentence = "The token does not have the scope openid.";
        let challenge = "Bearer error=\"insufficient_scope\", scope=\"openid\"";
        return Err(OAuthError::unauthorized(ErrorCode::InsufficientScope, sentence, challenge));
    }
    let user = store::find_user(&database, claims.sub).await?.ok_or_else(untrusted)?;
    let mut response = body::json(StatusCode::OK, &UserClaims::new(&user, &claims.scope))?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The one token of the one header. It is not read from anywhere else: addresses and forms are logged.
fn bearer(headers: &HeaderMap) -> Result<&str, OAuthError> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    match (values.next(), values.next()) {
        (None, _) => {
            let sentence = "Send an access token with the scope openid.";
            Err(OAuthError::unauthorized(ErrorCode::InvalidToken, sentence, "Bearer"))
        }
        (Some(value), None) => value.to_str().ok().and_then(bearer_token).ok_or_else(untrusted),
        _ => Err(untrusted()),
    }
}

fn untrusted() -> OAuthError {
    let challenge = "Bearer error=\"invalid_token\"";
    OAuthError::unauthorized(
        ErrorCode::InvalidToken,
        "The token is not good here, or not any more.",
        challenge,
    )
}
