//! The media types of a request: what it carries and what it takes.

use http::{HeaderMap, HeaderValue, header};

/// The media type of every message.
pub(crate) const JSON: &str = "application/json";

/// The media type of a stream of messages.
pub(crate) const EVENT_STREAM: &str = "text/event-stream";

/// Whether the body is said to be JSON, in no encoding.
pub(crate) fn carries_json(headers: &HeaderMap) -> bool {
    let is_json = headers
        .get(header::CONTENT_TYPE)
        .and_then(text)
        .is_some_and(|value| essence(value).eq_ignore_ascii_case(JSON));
    let is_plain = headers
        .get_all(header::CONTENT_ENCODING)
        .iter()
        .all(|value| text(value).is_some_and(|value| value.trim().eq_ignore_ascii_case("identity")));
    is_json && is_plain
}

/// Whether JSON may be answered (RFC 9110, section 12.5.1). Clients must list `text/event-stream` as well; one that
/// does not is served all the same, as long as nothing but JSON has to be answered.
pub(crate) fn takes_json(headers: &HeaderMap) -> bool {
    !headers.contains_key(header::ACCEPT) || takes(headers, [JSON, "application/*", "*/*"])
}

/// Whether a stream may be answered. Whoever does not say so gets none.
pub(crate) fn takes_events(headers: &HeaderMap) -> bool {
    takes(headers, [EVENT_STREAM, "text/*", "*/*"])
}

fn takes(headers: &HeaderMap, from_most_specific: [&str; 3]) -> bool {
    // The most specific range decides, so that `application/json;q=0, */*` means no.
    let quality_of = |wanted: &str| {
        headers
            .get_all(header::ACCEPT)
            .iter()
            .filter_map(text)
            .flat_map(|value| value.split(','))
            .find_map(|range| essence(range).eq_ignore_ascii_case(wanted).then(|| !is_ruled_out(range)))
    };
    from_most_specific.into_iter().find_map(quality_of).unwrap_or(false)
}

fn text(value: &HeaderValue) -> Option<&str> {
    value.to_str().ok()
}

fn essence(value: &str) -> &str {
    value.split(';').next().unwrap_or_default().trim()
}

/// Whether the weight of a media range is zero (RFC 9110, section 12.4.2).
fn is_ruled_out(range: &str) -> bool {
    range.split(';').skip(1).any(|parameter| {
        parameter.split_once('=').is_some_and(|(name, value)| {
            name.trim().eq_ignore_ascii_case("q")
                && value.trim().parse::<f32>().is_ok_and(|weight| weight <= 0.0)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: header::HeaderName, values: &[&str]) -> HeaderMap {
        values.iter().map(|value| (name.clone(), value.parse().unwrap())).collect()
    }

    #[test]
    fn json_is_answered_where_the_accept_header_lets_it() {
        for values in [
            &[][..],
            &["application/json, text/event-stream"],
            &["text/event-stream", "application/json"],
            &["*/*"],
            &["application/*;q=0.1"],
            &["APPLICATION/JSON; q=1"],
            &["text/html, */*;q=0.8"],
        ] {
            assert!(takes_json(&headers(header::ACCEPT, values)), "{values:?}");
        }
        for values in [
            &["text/event-stream"][..],
            &["text/html"],
            &["application/json;q=0, */*"],
            &[""],
            &["application/json;q=0.000"],
        ] {
            assert!(!takes_json(&headers(header::ACCEPT, values)), "{values:?}");
        }
    }

    #[test]
    fn a_body_is_json_only_where_its_type_says_so() {
        for value in ["application/json", "application/json; charset=utf-8", "Application/JSON"] {
            assert!(carries_json(&headers(header::CONTENT_TYPE, &[value])), "{value}");
        }
        for value in ["text/plain", "application/jsonx", "application/problem+json", ""] {
            assert!(!carries_json(&headers(header::CONTENT_TYPE, &[value])), "{value}");
        }
        assert!(!carries_json(&HeaderMap::new()));
        let mut packed = headers(header::CONTENT_TYPE, &[JSON]);
        packed.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        assert!(!carries_json(&packed));
    }
}
