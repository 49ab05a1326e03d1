//! The document and its page, made once in the life of an instance.

use std::sync::OnceLock;

use bytes::Bytes;
use endpoint::{Kind, Problem, Response, body};
use http::{HeaderValue, StatusCode, header};
use serde_json::Value;

use crate::{document, page};

/// Nothing in it belongs to anyone; it changes with a release.
pub(crate) const CACHE_CONTROL: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// The document.
pub(crate) fn json() -> Result<Response, Problem> {
    static JSON: OnceLock<Bytes> = OnceLock::new();
    let text = once(&JSON, |document| document.to_string())?;
    let mut response = body::full(StatusCode::OK, "application/json", text);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, CACHE_CONTROL);
    // Viewers and generators on other origins may read it: it is public, and needs no credentials.
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    Ok(response)
}

/// The page.
pub(crate) fn html() -> Result<Response, Problem> {
    static HTML: OnceLock<Bytes> = OnceLock::new();
    Ok(page::answer(once(&HTML, |document| page::document::render(&document).into_string())?))
}

fn once(cell: &OnceLock<Bytes>, write: impl FnOnce(Value) -> String) -> Result<Bytes, Problem> {
    if let Some(text) = cell.get() {
        return Ok(text.clone());
    }
    match document::build() {
        Ok(document) => Ok(cell.get_or_init(|| write(document).into()).clone()),
        Err(error) => {
            log::error!("the OpenAPI document can't be built: {error}");
            Err(Problem::new(Kind::InternalError))
        }
    }
}
