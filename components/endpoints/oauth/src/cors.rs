//! Programs that run in pages of any origin may learn of this server, register and get tokens (Fetch standard, section 3.2). No
//! cookie counts at these paths, so nothing is open that a page could not have by a program of its own.

use std::future::Future;

use endpoint::{Context, Request, Response, body};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

use crate::routes;

const ANY: HeaderValue = HeaderValue::from_static("*");
const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST");
/// What MCP's clients send along.
const REQUEST_HEADERS: HeaderValue =
    HeaderValue::from_static("authorization, content-type, mcp-protocol-version, traceparent, x-request-id");
const MAX_AGE: HeaderValue = HeaderValue::from_static("7200");

/// The answer to a browser that asks first, where it may ask.
pub fn preflight(request: &Request) -> Option<impl Future<Output = Response> + use<>> {
    let headers = request.headers();
    let is_preflight = request.method() == Method::OPTIONS
        && headers.contains_key(header::ORIGIN)
        && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    if !is_preflight || !routes::is_open(request.uri().path()) {
        return None;
    }
    let mut context = Context::new(request.uri(), headers, 0);
    // Every origin gets the same answer.
    context.origin = None;
    let mut response = body::empty(StatusCode::NO_CONTENT);
    let answer = response.headers_mut();
    open(answer);
    answer.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    answer.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS);
    answer.insert(header::ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    Some(async move { endpoint::respond(&context, response).await })
}

/// Lets a page of any origin read the answer.
pub fn open(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, ANY);
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("retry-after, www-authenticate"),
    );
}
