//! Access tokens, and the answer that brings them.

use access_token::{Audience, Claims};
use endpoint::{Context, Response, body};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use uuid::Uuid;

use crate::error::OAuthError;
use crate::site::Site;

/// How long an access token is valid, in seconds. It can't be called back, so not for long.
pub const LIFETIME_SECONDS: i64 = 15 * 60;

/// For whom and what a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorized {
    /// Who allowed it.
    pub user_id: Uuid,
    /// Their e-mail address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// Their time zone.
    pub time_zone: Option<String>,
    /// What they allowed.
    pub scope: String,
    /// Whom the token is for.
    pub resource: String,
}

/// The answer of the token endpoint (RFC 6749, section 5.1).
#[derive(Serialize)]
struct TokenAnswer<'a> {
    access_token: &'a str,
    token_type: &'a str,
    expires_in: i64,
    scope: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'a str>,
}

/// Answers with an access token for these scopes, which are among those allowed.
///
/// # Errors
/// When it can't be signed.
pub fn answer(
    context: &Context,
    site: &Site,
    client_id: &str,
    authorized: &Authorized,
    scope: &str,
    refresh_token: Option<&str>,
) -> Result<Response, OAuthError> {
    let now = context.now_us.div_euclid(1_000_000);
    let claims = Claims {
        aud: Audience::One(authorized.resource.clone()),
        jti: Some(Uuid::now_v7().to_string()),
        scope: scope.to_owned(),
        client_id: Some(client_id.to_owned()),
        email: Some(authorized.email.clone()),
        name: Some(authorized.name.clone()),
        zoneinfo: authorized.time_zone.clone(),
        ..Claims::new(&site.origin, authorized.user_id, now, LIFETIME_SECONDS)
    };
    let token =
        site.settings.signer.sign(&claims).map_err(|error| OAuthError::internal(&error.to_string()))?;
    let answer = TokenAnswer {
        access_token: &token,
        token_type: "Bearer",
        expires_in: LIFETIME_SECONDS,
        scope,
        refresh_token,
    };
    let mut response = body::json(StatusCode::OK, &answer)?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use access_token::{Recipient, Verifier};
    use http::{HeaderMap, Uri};

    use super::*;
    use crate::site;

    #[test]
    fn a_token_is_good_at_its_resource_alone() {
        let site = site::example("https://todo.example");
        let now = 1_795_000_000;
        let context = Context::new(&Uri::from_static("/"), &HeaderMap::new(), now * 1_000_000);
        let authorized = Authorized {
            user_id: Uuid::nil(),
            email: "ann@example.org".to_owned(),
            name: "Ann".to_owned(),
            time_zone: None,
            scope: "tasks:read tasks:write".to_owned(),
            resource: "https://todo.example/mcp".to_owned(),
        };
        let response = answer(&context, &site, "client", &authorized, "tasks:read", Some("r")).unwrap();
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        let text = format!("{:?}", response.into_body());
        let token = text.split("access_token\\\":\\\"").nth(1).unwrap().split("\\\"").next().unwrap();
        let verifier = Verifier::new(&site.settings.secrets);
        let claims =
            verifier.verify(token, &Recipient::part(&site.origin, "https://todo.example/mcp"), now).unwrap();
        assert_eq!((claims.scope.as_str(), claims.client_id.as_deref()), ("tasks:read", Some("client")));
        assert!(verifier.verify(token, &Recipient::app(&site.origin), now).is_err());
    }
}
