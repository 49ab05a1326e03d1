//! What a request carries beside its content.

use std::time::{SystemTime, UNIX_EPOCH};

use http::{HeaderMap, HeaderName, HeaderValue, Uri, header, request::Parts};

/// Names a request in logs and answers.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// What a request carries beside its content, and when it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The client's `X-Request-Id` if it is 1 to 128 of `[A-Za-z0-9._-]`, otherwise a new UUID version 7.
    pub request_id: String,
    /// The W3C trace context (Trace Context, section 3.2) to pass on, if the client sent a valid one.
    pub traceparent: Option<String>,
    /// When the request came, in microseconds since 1970-01-01T00:00:00Z.
    pub now_us: i64,
    /// What was asked for.
    pub uri: Uri,
    /// The origin of the web page that sent the request (RFC 6454, section 7), if a page did.
    pub origin: Option<HeaderValue>,
}

impl Context {
    /// Reads the context of a request that has just arrived.
    #[must_use]
    pub fn from_request(parts: &Parts) -> Self {
        Self::new(&parts.uri, &parts.headers, now_us())
    }

    /// The context of a request for `uri` with these headers that came at this instant.
    #[must_use]
    pub fn new(uri: &Uri, headers: &HeaderMap, now_us: i64) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        Self {
            request_id: text(REQUEST_ID)
                .filter(|id| is_request_id(id))
                .map_or_else(|| uuid::Uuid::now_v7().to_string(), str::to_owned),
            traceparent: text(TRACEPARENT).filter(|value| is_traceparent(value)).map(str::to_owned),
            now_us,
            uri: uri.clone(),
            origin: headers.get(header::ORIGIN).cloned(),
        }
    }
}

/// The clock is read once per request; everything after takes the instant as an argument.
fn now_us() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_micros()).ok())
        .unwrap_or_default()
}

fn is_request_id(id: &str) -> bool {
    (1..=128).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

/// Version 00 exactly; a later version may have more after it (Trace Context, section 4.3).
fn is_traceparent(value: &str) -> bool {
    let mut fields = value.split('-');
    let mut hex = |length: usize| {
        fields.next().filter(|field| {
            field.len() == length && field.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        })
    };
    let (version, trace, parent, flags) = (hex(2), hex(32), hex(16), hex(2));
    let is_set = |field: Option<&str>| field.is_some_and(|field| field.bytes().any(|byte| byte != b'0'));
    let has_more = fields.next().is_some();
    version.is_some_and(|version| version != "ff" && (version != "00" || !has_more))
        && is_set(trace)
        && is_set(parent)
        && flags.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context(name: HeaderName, value: &str) -> Context {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        Context::new(&Uri::from_static("/"), &headers, 5)
    }

    #[test]
    fn a_request_id_of_safe_characters_is_kept_and_any_other_replaced() {
        assert_eq!(context(REQUEST_ID, "a-Z_0.9").request_id, "a-Z_0.9");
        for bad in ["", "a b", "é", "x\"y", &"a".repeat(129)] {
            let id = context(REQUEST_ID, bad).request_id;
            assert_ne!(id, bad);
            assert_eq!(id.len(), 36);
        }
    }

    #[test]
    fn only_a_valid_traceparent_is_passed_on() {
        let good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assert_eq!(context(TRACEPARENT, good).traceparent.as_deref(), Some(good));
        assert!(context(TRACEPARENT, &format!("01{}-more", &good[2..])).traceparent.is_some());
        for bad in [
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        ] {
            assert_eq!(context(TRACEPARENT, bad).traceparent, None, "{bad}");
        }
    }
}
