//! `GET /api/auth/token`

use access_token::Claims;
use endpoint::{Context, Request};
use http::StatusCode;
use serde_json::json;
use uuid::Uuid;

use crate::answer::Answer;
use crate::auth_error::AuthError;
use crate::session;
use crate::site::Site;
use crate::user::User;

/// How long an access token is valid, in seconds. It can't be called back, so not for long.
const LIFETIME_SECONDS: i64 = 15 * 60;

/// What people may do with their own data.
const SCOPE: &str = "tasks:read tasks:write tasks:delete chat";

/// Exchanges a session for an access token.
///
/// # Errors
/// 401 when nobody is signed in.
pub async fn token(context: &Context, site: &Site, request: &Request) -> Result<Answer, AuthError> {
    let (current, _) = session::required(context, site, request.headers()).await?;
    let jwt = issue(context, site, &current.session.user)?;
    Ok(current.renew_cookie(site, Answer::new(StatusCode::OK, &json!({"token": jwt}))?))
}

/// An access token for a user.
pub fn issue(context: &Context, site: &Site, user: &User) -> Result<String, AuthError> {
    let now = context.now_us.div_euclid(1_000_000);
    let claims = Claims {
        jti: Some(Uuid::now_v7().to_string()),
        scope: SCOPE.to_owned(),
        email: Some(user.email.clone()),
        name: Some(user.name.clone()),
        zoneinfo: user.time_zone.clone(),
        ..Claims::new(&site.origin, user.id, now, LIFETIME_SECONDS)
    };
    site.settings.signer.sign(&claims).map_err(|error| AuthError::internal(&error.to_string()))
}

#[cfg(test)]
mod tests {
    use access_token::{Recipient, Verifier};
    use http::{HeaderMap, Uri};

    use super::*;
    use crate::{site, user};

    #[test]
    fn a_token_is_accepted_by_the_verifier_for_15_minutes() {
        let site = site::example("https://todo.example");
        let now = 1_795_000_000;
        let context = Context::new(&Uri::from_static("/api/auth/token"), &HeaderMap::new(), now * 1_000_000);
        let jwt = issue(&context, &site, &user::example()).unwrap();
        let verifier = Verifier::new([&site.settings.secret]);
        let here = Recipient::app(&site.origin);
        let claims = verifier.verify(&jwt, &here, now + 899).unwrap();
        assert_eq!(claims.sub, user::example().id);
        assert_eq!(claims.scopes().count(), 4);
        assert_eq!(claims.zoneinfo.as_deref(), Some("Europe/Berlin"));
        assert!(verifier.verify(&jwt, &here, now + 906).is_err());
    }
}
