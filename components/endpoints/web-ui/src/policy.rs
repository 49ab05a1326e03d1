//! What a browser may do with the page.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::openai_element::OpenAiElement;

/// Scripts and styles are files of this origin and nothing else; nothing is evaluated, framed or sent elsewhere.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// The same with a script and a frame of this origin, which OpenAI's element consists of.
fn with_element_of(origin: &str) -> Option<HeaderValue> {
    let policy = CONTENT_SECURITY_POLICY
        .replace("script-src 'self'", &format!("script-src 'self' {origin}; frame-src {origin}"));
    policy.parse().ok()
}

/// Headers beside those that every endpoint sends.
const HEADERS: [(HeaderName, HeaderValue); 5] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY)),
    // Other sites learn nothing, but with `no-referrer` some requests would have the origin `null`, which sign-in refuses.
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
];

/// Lets pages of other origins load a file, those among them that keep to themselves (HTML standard, section 7.1.4: cross-origin
/// embedder policies). A script that is loaded as a module needs leave to be read as well, which `cors_origins` gives.
pub fn allow_others(headers: &mut HeaderMap) {
    let name = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(name, HeaderValue::from_static("cross-origin"));
}

/// Adds the headers; with those of OpenAI's element, where that is in the place of ours.
pub fn apply(headers: &mut HeaderMap, element: Option<&OpenAiElement>) {
    for (name, value) in HEADERS {
        headers.insert(name, value);
    }
    if let Some(policy) = element.and_then(|element| with_element_of(&element.origin)) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}
