//! Fetches the public keys of another issuer (RFC 7517): where the operator says, or where the issuer's metadata says (OpenID Connect
//! Discovery, RFC 8414). What checks tokens asks for them over a private route.
//!
//! This component may reach that issuer and nothing else, and has nothing: no database, no secret, no person's data. It follows no redirect,
//! and takes small JSON objects in a few seconds.

mod discovery;
mod settings;

use std::time::Duration;

use endpoint::{Context, Kind, Problem, Request, Response, body};
use http::{Method, StatusCode};
use json_fetch::{FetchError, Fetched, Lifetime, Limits};
use serde_json::json;
use thiserror::Error;

use crate::settings::Place;

/// Metadata and keys have a few KiB. Keys count for ten minutes where the issuer says nothing, for an hour at most: a key that it took back is
/// good for no longer.
const LIMITS: Limits = Limits {
    max_bytes: 48 * 1024,
    timeout: Duration::from_secs(3),
    lifetime: Lifetime { min_seconds: 60, default_seconds: 10 * 60, max_seconds: 60 * 60 },
};
/// How long a caller waits before it asks again, in seconds.
const RETRY_AFTER_SECONDS: u32 = 30;

/// Why there are no keys.
#[derive(Debug, Error)]
enum KeysError {
    /// Nothing good at the address of the keys.
    #[error("no keys at {0}: {1}")]
    Keys(String, FetchError),
    /// No metadata at any of its addresses.
    #[error("no metadata of the issuer: {0}")]
    Metadata(String),
    /// The metadata is of another issuer, or names keys at another place.
    #[error("the metadata at {0}: {1}")]
    Discovery(String, discovery::DiscoveryError),
    /// What is there is no set of keys.
    #[error("no key set at {0}")]
    NoSet(String),
}

/// Answers one request: `GET /` gives `{"keys": [key, …], "max_age": seconds}`.
pub async fn handle(request: endpoint::Request) -> endpoint::Response {
    endpoint::serve(request, dispatch).await
}

async fn dispatch(_: &Context, request: Request) -> Result<Response, Problem> {
    if request.method() != Method::GET {
        return Err(Problem::new(Kind::MethodNotAllowed));
    }
    let place = settings::place().await?;
    match find_keys(place).await {
        Ok(fetched) => {
            let answer = json!({"keys": fetched.document.get("keys"), "max_age": fetched.max_age_seconds});
            body::json(StatusCode::OK, &answer)
        }
        Err(error) => {
            log::warn!("{error}");
            Err(Problem::new(Kind::Unavailable).retry_after(RETRY_AFTER_SECONDS))
        }
    }
}

async fn find_keys(place: &Place) -> Result<Fetched, KeysError> {
    let address = match &place.keys {
        Some(address) => address.clone(),
        None => discover(place).await?,
    };
    let fetched = json_fetch::fetch(&address, LIMITS).await;
    let fetched = fetched.map_err(|error| KeysError::Keys(address.clone(), error))?;
    let has_keys = fetched
        .document
        .get("keys")
        .and_then(serde_json::Value::as_array)
        .is_some_and(|keys| !keys.is_empty());
    if has_keys { Ok(fetched) } else { Err(KeysError::NoSet(address)) }
}

/// The address of the keys, by the first metadata document that there is.
async fn discover(place: &Place) -> Result<String, KeysError> {
    let mut refused = String::new();
    for address in discovery::addresses(place) {
        match json_fetch::fetch(&address, LIMITS).await {
            Ok(fetched) => {
                let found = discovery::keys_address(place, &fetched.document);
                return found.map_err(|error| KeysError::Discovery(address, error));
            }
            // Where nobody answers, nobody would at the next address.
            Err(error @ FetchError::NoAnswer(_)) => {
                return Err(KeysError::Metadata(format!("{address}: {error}")));
            }
            Err(error) => refused = format!("{address}: {error}"),
        }
    }
    Err(KeysError::Metadata(refused))
}

/// The export, which only a component can have: natively this crate is a library with tests.
#[cfg(target_family = "wasm")]
mod component {
    #[spin_sdk::http_service]
    async fn handle(request: endpoint::Request) -> endpoint::Response {
        guest_log::start(env!("CARGO_PKG_NAME"));
        super::handle(request).await
    }
}
