//! `X-Request-Id`: taken from the client when it is harmless, made here otherwise.

use http::{HeaderMap, HeaderName};
use std::sync::Arc;

/// The header's name.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Longest id that is taken, in bytes.
const MAX_LENGTH: usize = 128;

/// The id of a request with these headers. One that could not be logged as it is, is replaced.
pub fn request_id(headers: &HeaderMap) -> Arc<str> {
    match headers.get(REQUEST_ID).and_then(|v| v.to_str().ok()) {
        Some(id) if is_valid(id) => Arc::from(id),
        _ => Arc::from(uuid::Uuid::now_v7().simple().to_string()),
    }
}

fn is_valid(id: &str) -> bool {
    (1..=MAX_LENGTH).contains(&id.len())
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id_for(value: &'static str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(REQUEST_ID, http::HeaderValue::from_static(value));
        request_id(&headers).to_string()
    }

    #[test]
    fn harmless_ids_are_kept_and_others_replaced() {
        assert_eq!(id_for("abc-1.2_3"), "abc-1.2_3");
        for bad in ["", "a b", "a\"b", "a/b", "{}"] {
            let id = id_for(bad);
            assert_ne!(id, bad);
            assert_eq!(id.len(), 32);
        }
        let long: &'static str = "x".repeat(129).leak();
        assert_eq!(id_for(long).len(), 32);
        assert_eq!(request_id(&HeaderMap::new()).len(), 32);
    }
}
