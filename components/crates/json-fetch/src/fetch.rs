//! Asking for a document.

use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::{Either, select};
use http::{HeaderMap, StatusCode, header};
use http_body_util::{BodyExt, Limited};
use serde_json::{Map, Value};
use spawned_tasks::with_spawned;
use spin_sdk::http::FullBody;
use spin_sdk::time::sleep;
use thiserror::Error;

use crate::Lifetime;

/// How much is taken of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest body, in bytes.
    pub max_bytes: usize,
    /// The longest wait for a whole answer.
    pub timeout: Duration,
    /// For how long it is kept.
    pub lifetime: Lifetime,
}

/// A document.
#[derive(Debug, PartialEq, Eq)]
pub struct Fetched {
    /// Its members.
    pub document: Map<String, Value>,
    /// For how long it may be kept.
    pub max_age_seconds: u32,
}

/// Why there is none.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum FetchError {
    /// Nobody answers there, or not in time, or not as who they are.
    #[error("no answer: {0}")]
    NoAnswer(String),
    /// Another status than 200. Redirects are not followed: they could lead anywhere.
    #[error("the answer is {0}")]
    Status(StatusCode),
    /// Another type than JSON.
    #[error("the answer is no JSON by its type")]
    MediaType,
    /// More than is read.
    #[error("the answer is longer than {0} bytes")]
    TooLarge(usize),
    /// No JSON object.
    #[error("the answer is no JSON object")]
    NotAnObject,
}

/// Asks for the document at an address that the caller has checked.
///
/// # Errors
/// [`FetchError`].
pub async fn fetch(address: &str, limits: Limits) -> Result<Fetched, FetchError> {
    match select(pin!(exchange(address, limits)), pin!(sleep(limits.timeout))).await {
        Either::Left((fetched, _)) => fetched,
        Either::Right(_) => Err(FetchError::NoAnswer("it takes too long".to_owned())),
    }
}

async fn exchange(address: &str, limits: Limits) -> Result<Fetched, FetchError> {
    let request = http::Request::get(address)
        .header(header::ACCEPT, "application/json")
        .body(FullBody::new(Bytes::new()))
        .map_err(|error| FetchError::NoAnswer(error.to_string()))?;
    let response = with_spawned(spin_sdk::http::send(request)).await;
    let response = response.map_err(|error| FetchError::NoAnswer(error.to_string()))?;
    let (parts, body) = response.into_parts();
    check_head(parts.status, &parts.headers)?;
    let body = Limited::new(body, limits.max_bytes).collect().await.map_err(|error| {
        if error.is::<http_body_util::LengthLimitError>() {
            FetchError::TooLarge(limits.max_bytes)
        } else {
            FetchError::NoAnswer(error.to_string())
        }
    })?;
    read(&parts.headers, &body.to_bytes(), limits.lifetime)
}

fn check_head(status: StatusCode, headers: &HeaderMap) -> Result<(), FetchError> {
    if status != StatusCode::OK {
        return Err(FetchError::Status(status));
    }
    let content_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_json = media_type == "application/json"
        || (media_type.starts_with("application/") && media_type.ends_with("+json"));
    if is_json { Ok(()) } else { Err(FetchError::MediaType) }
}

fn read(headers: &HeaderMap, body: &[u8], lifetime: Lifetime) -> Result<Fetched, FetchError> {
    let document = serde_json::from_slice(body).map_err(|_| FetchError::NotAnObject)?;
    Ok(Fetched { document, max_age_seconds: lifetime.read(headers) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIFETIME: Lifetime = Lifetime { min_seconds: 60, default_seconds: 600, max_seconds: 3600 };

    fn typed(content_type: &str) -> HeaderMap {
        [(header::CONTENT_TYPE, content_type.parse().unwrap())].into_iter().collect()
    }

    #[test]
    fn only_json_that_is_there_is_a_document() {
        let json = typed("application/json; charset=utf-8");
        assert_eq!(check_head(StatusCode::OK, &json), Ok(()));
        assert_eq!(check_head(StatusCode::OK, &typed("application/cimd+json")), Ok(()));
        for status in
            [StatusCode::FOUND, StatusCode::PERMANENT_REDIRECT, StatusCode::NOT_FOUND, StatusCode::NO_CONTENT]
        {
            assert_eq!(check_head(status, &json), Err(FetchError::Status(status)));
        }
        for content_type in ["text/html", "text/plain", "application/jsonp", "image/svg+json", ""] {
            assert_eq!(
                check_head(StatusCode::OK, &typed(content_type)),
                Err(FetchError::MediaType),
                "{content_type}"
            );
        }
        assert!(read(&json, br#"{"client_id": "x"}"#, LIFETIME).is_ok());
        for body in [&b"[]"[..], b"", b"<html>", b"{", b"\xff"] {
            assert_eq!(read(&json, body, LIFETIME), Err(FetchError::NotAnObject));
        }
    }
}
