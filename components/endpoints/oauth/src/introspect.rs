//! A service asks whether a token of its own is good (RFC 7662).

use access_token::{Audience, Claims};
use endpoint::{Context, Request, Response, body};
use http::StatusCode;
use serde_json::{Value, json};
use user_database::Database;

use crate::client::{self, Client};
use crate::error::{ErrorCode, OAuthError};
use crate::parameters::Parameters;
use crate::site::Site;
use crate::token::RefreshToken;
use crate::{access, store};

/// Says what a token is good for, to the client with a secret or a key that it was given to; of any other token, that it is not active.
///
/// # Errors
/// `invalid_client` for a client that has no secret, or sends another one.
pub async fn introspect(context: &Context, site: &Site, request: Request) -> Result<Response, OAuthError> {
    let (parts, content) = request.into_parts();
    let form = Parameters::from_form(&parts.headers, content).await?;
    let database = Database::open(&context.request_id).await?;
    let client = client::authenticate(context, site, &database, &parts.headers, &form).await?;
    if client.auth_method == "none" {
        let sentence = "Only a client with a secret or a key may ask about tokens.";
        return Err(OAuthError::new(ErrorCode::UnauthorizedClient, sentence));
    }
    let token = form.require("token")?;
    let known = match RefreshToken::read(token, &site.settings.secrets) {
        Some(refresh_token) => introspect_refresh_token(&database, site, &client, refresh_token).await?,
        None => {
            access::read(context, site, &database, token).await?.and_then(|claims| describe(&client, claims))
        }
    };
    Ok(body::json(StatusCode::OK, &known.unwrap_or_else(|| json!({"active": false})))?)
}

async fn introspect_refresh_token(
    database: &Database,
    site: &Site,
    client: &Client,
    token: RefreshToken,
) -> Result<Option<Value>, OAuthError> {
    if !store::is_current(database, token, &client.id).await? {
        return Ok(None);
    }
    let authorized = store::find_grant(database, token.grant_id, &client.id).await?;
    Ok(authorized.map(|authorized| {
        json!({
            "active": true, "scope": authorized.scope, "client_id": client.id, "sub": authorized.user.id,
            "aud": authorized.resource, "iss": site.origin.as_str(),
        })
    }))
}

/// What an access token says to the client that it was given to.
fn describe(client: &Client, claims: Claims) -> Option<Value> {
    if claims.client_id.as_deref() != Some(&client.id) {
        return None;
    }
    let audience = match claims.aud {
        Audience::One(one) => json!(one),
        Audience::Many(many) => json!(many),
    };
    Some(json!({
        "active": true, "scope": claims.scope, "client_id": client.id, "token_type": "Bearer", "exp": claims.exp,
        "iat": claims.iat, "sub": claims.sub, "aud": audience, "iss": claims.iss, "jti": claims.jti,
    }))
}
