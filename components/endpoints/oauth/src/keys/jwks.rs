//! The public keys, for whoever checks tokens (RFC 7517, section 5).

use access_token::PublicKey;
use endpoint::{Context, Response, body};
use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};
use user_database::Database;

use super::signer;
use crate::error::OAuthError;
use crate::settings;
use crate::store;

/// How long others may keep the answer. A key is published for longer before it signs.
const CACHE_CONTROL: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// Every key that tokens in circulation may be signed with, and the one that will sign next.
///
/// # Errors
/// When the database is out of reach.
pub async fn jwks(context: &Context) -> Result<Response, OAuthError> {
    let settings = settings::settings().await?;
    let database = Database::open(&context.request_id).await?;
    // Whoever asks before the first token was given finds the key that will sign it, too.
    signer(context, settings, &database, settings.id_token_algorithm()).await?;
    let keys = store::list_public_keys(&database).await?;
    let keys: Vec<Value> = keys.iter().map(PublicKey::to_jwk).collect();
    let mut response = body::json(StatusCode::OK, &json!({"keys": keys}))?;
    response.headers_mut().insert(header::CACHE_CONTROL, CACHE_CONTROL);
    Ok(response)
}
