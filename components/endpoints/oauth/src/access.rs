//! Access tokens, and the answer that brings them.

use access_token::{Audience, Claims, Recipient, Signer, Verifier};
use endpoint::{Context, Response, body};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use user_database::{Database, LoggedDbError};
use uuid::Uuid;

use crate::error::OAuthError;
use crate::openid::{self, User};
use crate::site::Site;
use crate::{keys, store};

/// How long an access token is valid, in seconds. It can't be called back, so not for long.
pub const LIFETIME_SECONDS: i64 = 15 * 60;

/// For whom and what a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorized {
    /// Who allowed it.
    pub user: User,
    /// What they allowed.
    pub scope: String,
    /// Whom the token is for.
    pub resource: String,
    /// What the program wants to find in the token that says who they are.
    pub nonce: Option<String>,
}

/// What a program gets.
pub struct Issued<'a> {
    /// Which program.
    pub client_id: &'a str,
    /// For whom and what.
    pub authorized: &'a Authorized,
    /// The scopes of this token, which are among those allowed.
    pub scope: &'a str,
    /// The next refresh token, if it gets one.
    pub refresh_token: Option<&'a str>,
    /// Whether it is told who the person is, where that was allowed: once, with the first tokens.
    pub is_first: bool,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
}

/// Answers with an access token.
///
/// # Errors
/// When it can't be signed.
pub async fn answer(
    context: &Context,
    site: &Site,
    database: &Database,
    issued: &Issued<'_>,
) -> Result<Response, OAuthError> {
    site.trail.set_user(issued.authorized.user.id);
    let now = context.now_us.div_euclid(1_000_000);
    let signer = keys::access_token_signer(context, site.settings, database).await?;
    let id_token = if issued.is_first && openid::is_asked(issued.scope) {
        let algorithm = site.settings.id_token_algorithm();
        let signer = keys::signer(context, site.settings, database, algorithm).await?;
        Some(openid::id_token(site, issued, &signer, now)?)
    } else {
        None
    };
    let answer = TokenAnswer {
        access_token: &access_token(site, issued, &signer, now)?,
        token_type: "Bearer",
        expires_in: LIFETIME_SECONDS,
        scope: issued.scope,
        refresh_token: issued.refresh_token,
        id_token,
    };
    let mut response = body::json(StatusCode::OK, &answer)?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn access_token(site: &Site, issued: &Issued<'_>, signer: &Signer, now: i64) -> Result<String, OAuthError> {
    let user = &issued.authorized.user;
    let claims = Claims {
        aud: Audience::One(issued.authorized.resource.clone()),
        jti: Some(Uuid::now_v7().to_string()),
        scope: issued.scope.to_owned(),
        client_id: Some(issued.client_id.to_owned()),
        email: Some(user.email.clone()),
        name: Some(user.name.clone()),
        zoneinfo: user.time_zone.clone(),
        ..Claims::new(&site.origin, user.id, now, LIFETIME_SECONDS)
    };
    signer.sign(&claims).map_err(|error| OAuthError::internal(&error.to_string()))
}

/// What an access token says, if it is good at the app or at its MCP endpoint now.
///
/// # Errors
/// When the database is out of reach.
pub async fn read(
    context: &Context,
    site: &Site,
    database: &Database,
    token: &str,
) -> Result<Option<Claims>, LoggedDbError> {
    let verifier = Verifier::new(&site.settings.secrets);
    // A token that no key of the app signed has none looked for.
    let keys = match verifier.missing_key(&[], token) {
        Some(_) => store::list_public_keys(database).await?,
        None => Vec::new(),
    };
    let resource = site.url("/mcp");
    let now = context.now_us.div_euclid(1_000_000);
    Ok(verifier.verify_with(&keys, token, &Recipient::part(&site.origin, &resource), now).ok())
}

#[cfg(test)]
mod tests {
    use access_token::{KeyAlgorithm, SigningKey};

    use super::*;
    use crate::site;

    #[test]
    fn a_token_is_good_at_its_resource_alone() {
        let site = site::example("https://todo.example");
        let now = 1_795_000_000;
        let authorized = Authorized {
            user: openid::example(),
            scope: "tasks:read tasks:write".to_owned(),
            resource: "https://todo.example/mcp".to_owned(),
            nonce: None,
        };
        let issued = Issued {
            client_id: "client",
            authorized: &authorized,
            scope: "tasks:read",
            refresh_token: None,
            is_first: true,
        };
        let verifier = Verifier::new(&site.settings.secrets);
        for algorithm in KeyAlgorithm::ALL {
            let key = SigningKey::new("k".to_owned(), algorithm, &[7; 32]).unwrap();
            let token = access_token(&site, &issued, &Signer::with_key(&key), now).unwrap();
            let keys = [key.public_key().clone()];
            let part = Recipient::part(&site.origin, "https://todo.example/mcp");
            let claims = verifier.verify_with(&keys, &token, &part, now).unwrap();
            assert_eq!((claims.scope.as_str(), claims.client_id.as_deref()), ("tasks:read", Some("client")));
            assert!(verifier.verify_with(&keys, &token, &Recipient::app(&site.origin), now).is_err());
            assert!(verifier.verify(&token, &part, now).is_err(), "no key, no token");
        }
    }
}
