//! A program registers itself (RFC 7591).

use endpoint::{Context, Request, Response, body};
use http::{HeaderMap, StatusCode};
use serde_json::json;
use user_database::Database;

use super::metadata::{ClientMetadata, invalid};
use crate::error::OAuthError;
use crate::signature::{self, Purpose};
use crate::site::Site;
use crate::store;

/// The longest registration, in bytes.
const MAX_BYTES: usize = 16 * 1024;

/// Registers a program.
///
/// # Errors
/// `invalid_redirect_uri` and `invalid_client_metadata`; 429 where too many came from one network.
pub async fn register(context: &Context, site: &Site, request: Request) -> Result<Response, OAuthError> {
    let (parts, content) = request.into_parts();
    body::require_media_type(&parts.headers, &["application/json"])?;
    let text = body::collect(&parts.headers, content, MAX_BYTES).await?;
    let metadata: ClientMetadata = serde_json::from_slice(&text)
        .map_err(|_| invalid("The body has to be a JSON object with the members of RFC 7591, section 2."))?;
    let application_type = metadata.application_type.clone();
    let (client, secret) = metadata.register()?;

    let database = Database::open(&context.request_id).await?;
    let limit = site.settings.registrations_per_hour;
    let key = (limit > 0).then(|| counted_under(site, &parts.headers, Purpose::Registration)).flatten();
    let wait = store::count(&database, key, limit).await?;
    if wait > 0 {
        let sentence = format!("Too many programs registered from your network. Try again in {wait} s.");
        return Err(OAuthError::too_many(sentence, wait));
    }
    store::insert_client(&database, &client).await?;
    let mut answer = json!({
        "client_id": client.id,
        "client_id_issued_at": context.now_us / 1_000_000,
        "client_name": client.name,
        "redirect_uris": client.redirect_uris,
        "post_logout_redirect_uris": client.post_logout_redirect_uris,
        "grant_types": client.grant_types,
        "response_types": ["code"],
        "token_endpoint_auth_method": client.auth_method,
        "application_type": application_type.unwrap_or_else(|| "web".to_owned()),
    });
    if let (Some(secret), Some(members)) = (secret, answer.as_object_mut()) {
        members.insert("client_secret".to_owned(), secret.into());
        // It does not end.
        members.insert("client_secret_expires_at".to_owned(), 0.into());
    }
    Ok(body::json(StatusCode::CREATED, &answer)?)
}

/// What requests of a network are counted under; nothing for programs on the machine that the app runs on.
pub fn counted_under(site: &Site, headers: &HeaderMap, purpose: Purpose) -> Option<Vec<u8>> {
    let proxy_header = site.settings.client_address_header.as_ref();
    let address = client_network::address(proxy_header, headers);
    let is_local =
        proxy_header.is_none() && site.origin.is_loopback() && client_network::is_this_machine(address);
    let network = client_network::network(address);
    (!is_local).then(|| signature::sign(&site.settings.secrets, purpose, network.as_bytes()))
}
