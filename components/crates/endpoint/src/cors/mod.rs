//! Which web pages of other origins may read answers (Fetch standard, section 3.2: CORS protocol).
//!
//! The variable `cors_origins` lists whole origins, separated by commas or spaces, written as browsers send them
//! (`https://app.example`). It is empty by default: only pages of this service itself. Tokens are sent in a header, never
//! by the browser on its own, so credentials are not allowed across origins.

use http::{HeaderMap, HeaderValue, header};

/// What a page of another origin may send.
const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, PATCH, DELETE");
const REQUEST_HEADERS: HeaderValue = HeaderValue::from_static(
    "authorization, content-type, idempotency-key, if-match, if-none-match, last-event-id, mcp-method, mcp-name, \
     mcp-protocol-version, mcp-session-id, time-zone, traceparent, x-request-id",
);
/// What it may read beside the body and the headers that every page may read (Fetch standard, section 2.2.2: CORS-safelisted
/// response-header names). Without `mcp-session-id` an MCP client in a page has no session, and nobody can be asked.
const EXPOSED: &str = "accept-patch, allow, content-disposition, etag, export-truncated, link, location, mcp-session-id, \
                       ratelimit, ratelimit-policy, retry-after, www-authenticate, x-request-id";
/// How long a browser remembers a preflight's answer, in seconds.
const MAX_AGE: HeaderValue = HeaderValue::from_static("7200");

/// The origins that the operator allows. Asked for only when a request names an origin.
pub(crate) async fn allowed_origins() -> String {
    spin_sdk::variables::get("cors_origins").await.unwrap_or_default()
}

/// Whether the origin is one of those allowed, compared whole: no prefixes, no suffixes, no wildcards.
pub(crate) fn is_allowed(origin: &HeaderValue, allowed: &str) -> bool {
    origin != "null"
        && allowed
            .split([',', ' '])
            .filter(|entry| !entry.is_empty())
            .any(|entry| entry.as_bytes() == origin.as_bytes())
}

/// Lets a page of this origin read the answer.
pub(crate) fn allow_reading(headers: &mut HeaderMap, origin: &HeaderValue) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    // Beside those that the endpoint exposes itself.
    headers.append(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
}

/// Answers a preflight: a page of this origin may send such requests.
pub(crate) fn allow_sending(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS);
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, MAX_AGE);
}

/// Whether a request is a preflight (Fetch standard, section 3.2.2).
pub(crate) fn is_preflight(method: &http::Method, headers: &HeaderMap) -> bool {
    method == http::Method::OPTIONS
        && headers.contains_key(header::ORIGIN)
        && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

#[cfg(test)]
mod names;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_compared_whole() {
        let allowed = "https://app.example, http://localhost:5173";
        let is = |origin| is_allowed(&HeaderValue::from_static(origin), allowed);
        assert!(is("https://app.example"));
        assert!(is("http://localhost:5173"));
        for other in [
            "https://app.example.evil.test",
            "https://app.exampl",
            "http://app.example",
            "https://app.example:8443",
            "http://localhost",
            "null",
            "",
        ] {
            assert!(!is(other), "{other}");
        }
    }

    #[test]
    fn nothing_is_allowed_by_default_and_there_is_no_wildcard() {
        let origin = HeaderValue::from_static("https://app.example");
        assert!(!is_allowed(&origin, ""));
        assert!(!is_allowed(&origin, "*"));
        assert!(!is_allowed(&HeaderValue::from_static("null"), "null"));
    }
}
