//! A program whose id is the address of a document that says what it is (draft-ietf-oauth-client-id-metadata-document): it registers
//! nowhere. The last good copy is kept, and used where the document can't be had for a while.

use endpoint::Context;
use user_database::Database;
use uuid::Uuid;

use super::fetch::{self, Fetched};
use super::metadata::ClientMetadata;
use super::{Client, Description};
use crate::error::{ErrorCode, OAuthError};
use crate::signature::{self, Purpose};
use crate::site::Site;
use crate::store;

/// How many documents a person's requests may fetch in an hour.
const MAX_FETCHES_PER_HOUR: i32 = 60;
/// For how long the last good copy is used before the document is asked for again, in seconds.
const RETRY_SECONDS: u32 = 60;

/// Whether an id is the address of a document. Whether it may be asked, `client-documents` decides.
pub fn is_address(client_id: &str) -> bool {
    client_id.starts_with("https://")
}

/// The program at this address, as its document describes it now; for somebody who is signed in, so that no stranger has this server
/// ask around.
///
/// # Errors
/// Where there is no document, none that describes this program, and no copy of one.
pub async fn find(
    context: &Context,
    site: &Site,
    database: &Database,
    client_id: &str,
    user_id: Uuid,
) -> Result<Client, OAuthError> {
    let known = store::find_client(database, client_id).await?;
    if let Some(client) = known.as_ref().filter(|client| client.description == Description::Fresh) {
        return Ok(client.clone());
    }
    let key = signature::sign(&site.settings.secrets, Purpose::DocumentFetch, user_id.as_bytes());
    let wait = store::count(database, Some(key), MAX_FETCHES_PER_HOUR).await?;
    if wait > 0 {
        // What one person does must not keep a copy fresh that others would replace.
        let sentence = format!("You started too many programs. Try again in {wait} s.");
        return known.ok_or_else(|| OAuthError::too_many(sentence, wait));
    }
    let described = fetch::fetch(context, client_id).await;
    match (described.and_then(|fetched| read(client_id, fetched)), known) {
        (Some((client, max_age_seconds)), _) => {
            store::keep_document(database, &client, max_age_seconds).await?;
            Ok(client)
        }
        (None, Some(last)) => {
            store::keep_document(database, &last, RETRY_SECONDS).await?;
            Ok(last)
        }
        (None, None) => Err(OAuthError::new(
            ErrorCode::InvalidRequest,
            "The program that sent you here names an address at which nothing describes it. You were not sent anywhere.",
        )),
    }
}

/// The program that a document describes, if it is the one at its address: `client_id` is that address letter by letter.
fn read(client_id: &str, fetched: Fetched) -> Option<(Client, u32)> {
    let names_itself = fetched.document.get("client_id").and_then(|id| id.as_str()) == Some(client_id);
    if !names_itself || fetched.document.contains_key("client_secret") {
        return None;
    }
    let metadata: ClientMetadata = serde_json::from_value(fetched.document.into()).ok()?;
    let client = metadata.describe(client_id).ok()?;
    Some((client, fetched.max_age))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const ID: &str = "https://vendor.example/client";

    fn described(document: Value) -> Option<Client> {
        let Value::Object(document) = document else { panic!("an object") };
        read(ID, Fetched { document, max_age: 600 }).map(|(client, _)| client)
    }

    #[test]
    fn a_document_describes_the_program_at_its_own_address() {
        let good = json!({
            "client_id": ID, "client_name": "Vendor", "redirect_uris": ["https://vendor.example/cb", "http://localhost:1/cb"],
            "grant_types": ["authorization_code", "refresh_token"], "token_endpoint_auth_method": "none",
            "client_uri": "https://vendor.example", "logo_uri": "https://vendor.example/logo.png",
        });
        let client = described(good.clone()).unwrap();
        assert_eq!((client.id.as_str(), client.auth_method.as_str()), (ID, "none"));
        assert!(client.uses("refresh_token") && client.secret_hash.is_none());
        for (member, value) in [
            ("client_id", json!("https://vendor.example/client/")),
            ("client_id", json!("https://VENDOR.example/client")),
            ("client_id", json!("https://evil.example/client")),
            ("client_id", Value::Null),
            ("client_secret", json!("x")),
            ("token_endpoint_auth_method", json!("client_secret_post")),
            ("token_endpoint_auth_method", json!("private_key_jwt")),
            ("redirect_uris", json!([])),
            ("redirect_uris", json!(["javascript:alert(1)"])),
            ("redirect_uris", json!("https://vendor.example/cb")),
            ("client_name", json!("a\u{202E}b")),
            ("grant_types", json!(["client_credentials"])),
        ] {
            let mut document = good.clone();
            document[member] = value.clone();
            assert_eq!(described(document), None, "{member}: {value}");
        }
    }

    #[test]
    fn an_id_that_is_no_address_was_registered() {
        assert!(is_address(ID));
        for id in ["0b5e4f7c", "http://vendor.example/client", "HTTPS://vendor.example", ""] {
            assert!(!is_address(id), "{id}");
        }
    }
}
