//! What every answer carries.

use http::{HeaderMap, HeaderName, HeaderValue, header};
use http_body::Body as _;
use http_body_util::{Either, Full};
use problem_details::{Kind, Problem};

use crate::{Context, Response, context::REQUEST_ID, cors, own_origin};

/// Headers that an answer gets unless it has its own: browsers must not guess types, tell other sites where people came
/// from, show answers in frames, run anything in them, or store what belongs to a user.
const DEFAULTS: [(HeaderName, HeaderValue); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
];

/// Tells browsers to reach this host over TLS alone for a year (RFC 6797, section 6.1). Other hosts of its domain are not the app's
/// business.
const STRICT_TRANSPORT_SECURITY: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Makes an answer ready to leave: request id, security headers, `Content-Length`, and leave for pages of allowed
/// origins to read it.
pub async fn respond(context: &Context, mut response: Response) -> Response {
    let allowed = match &context.origin {
        Some(_) => cors::allowed_origins().await,
        None => String::new(),
    };
    finish(context, &allowed, own_origin::is_https().await, &mut response);
    response
}

fn finish(context: &Context, allowed_origins: &str, is_https: bool, response: &mut Response) {
    let length = match response.body() {
        Either::Left(body) if !has_no_body(response.status()) => body.size_hint().exact(),
        _ => None,
    };
    let headers = response.headers_mut();
    set_defaults(headers);
    if is_https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT_SECURITY);
    }
    if let Some(length) = length {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    if let Ok(id) = HeaderValue::from_str(&context.request_id) {
        headers.insert(REQUEST_ID, id);
    }
    if let Some(origin) = &context.origin {
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
        if cors::is_allowed(origin, allowed_origins) {
            cors::allow_reading(headers, origin);
        }
    }
}

/// Answers with these never have content (RFC 9110, sections 15.3.5 and 15.4.5).
fn has_no_body(status: http::StatusCode) -> bool {
    matches!(status, http::StatusCode::NO_CONTENT | http::StatusCode::NOT_MODIFIED)
}

fn set_defaults(headers: &mut HeaderMap) {
    for (name, value) in DEFAULTS {
        headers.entry(name).or_insert(value);
    }
}

/// A problem as an answer to this request.
pub(crate) fn problem(context: &Context, mut problem: Problem) -> Response {
    problem.instance = Some(context.uri.path().into());
    problem.request_id = Some(context.request_id.as_str().into());
    if problem.kind == Kind::InternalError && problem.detail.is_none() {
        let detail =
            format!("Something went wrong on our side. Please report this id: {}.", context.request_id);
        problem.detail = Some(detail.into());
    }
    problem.into_response().map(|body| Either::Left(Full::from(body)))
}

#[cfg(test)]
mod tests {
    use http::{StatusCode, Uri};

    use super::*;
    use crate::body;

    fn context(origin: Option<&'static str>) -> Context {
        Context {
            request_id: "r-1".into(),
            traceparent: None,
            now_us: 0,
            uri: Uri::from_static("/api/v1/tasks?limit=5"),
            origin: origin.map(HeaderValue::from_static),
        }
    }

    fn finished(origin: Option<&'static str>, mut response: Response) -> HeaderMap {
        finish(&context(origin), "https://app.example", false, &mut response);
        response.headers().clone()
    }

    #[test]
    fn only_an_app_that_is_reached_over_tls_asks_browsers_for_nothing_else() {
        let asks = |is_https| {
            let mut response = body::empty(StatusCode::NOT_FOUND);
            finish(&context(None), "", is_https, &mut response);
            response.headers().get(header::STRICT_TRANSPORT_SECURITY).cloned()
        };
        assert_eq!(asks(true).unwrap(), "max-age=31536000");
        assert_eq!(asks(false), None);
    }

    #[test]
    fn every_answer_has_its_id_its_length_and_the_security_headers() {
        let headers = finished(None, body::full(StatusCode::OK, "application/json", "{}"));
        for (name, value) in [
            ("x-request-id", "r-1"),
            ("content-length", "2"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(headers[name], value);
        }
        assert!(!headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
    }

    #[test]
    fn an_answer_keeps_what_it_says_itself() {
        let mut page = body::full(StatusCode::OK, "text/html", "x");
        page.headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'self'"));
        assert_eq!(finished(None, page)[header::CONTENT_SECURITY_POLICY], "default-src 'self'");
    }

    #[test]
    fn an_answer_without_content_has_no_length() {
        for status in [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED] {
            assert!(!finished(None, body::empty(status)).contains_key(header::CONTENT_LENGTH));
        }
    }

    #[test]
    fn only_a_page_of_an_allowed_origin_may_read_the_answer() {
        let allowed = finished(Some("https://app.example"), body::empty(StatusCode::OK));
        assert_eq!(allowed[header::ACCESS_CONTROL_ALLOW_ORIGIN], "https://app.example");
        assert_eq!(allowed[header::VARY], "Origin");
        let other = finished(Some("https://app.example.evil.test"), body::empty(StatusCode::OK));
        assert!(!other.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
        assert_eq!(other[header::VARY], "Origin");
    }

    #[test]
    fn a_fault_of_ours_is_reported_under_the_requests_id() {
        let answer = problem(&context(None), Problem::new(Kind::InternalError));
        assert_eq!(answer.status(), 500);
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/problem+json");
    }
}
