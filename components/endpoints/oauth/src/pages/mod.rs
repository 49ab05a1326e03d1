//! The pages that a person sees: what a program asks for, where to sign in first, and what went wrong. They load a style and, to
//! sign in, a script of this origin, and nothing else.

mod consent;
mod device;
mod programs;
mod services;
mod sign_in;
mod sign_out;

use endpoint::{Response, body};
use http::{HeaderValue, StatusCode, header};
use maud::{DOCTYPE, Markup, html};

use crate::error::OAuthError;
use crate::routes::paths;

pub use consent::{Consent, consent};
pub use device::{answered, device_consent, user_code};
pub use programs::programs;
pub use services::{NewService, services};
pub use sign_in::{sign_in, sign_in_for};
pub use sign_out::{sign_out, signed_out};

const HTML: &str = "text/html; charset=utf-8";

/// Where a page's form may lead: browsers check that of the answer's address too, which is the program's. What the form says is
/// signed, so there is nothing to lead elsewhere.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; \
     frame-ancestors 'none'",
);

/// The page's style.
pub fn style() -> Response {
    kept(body::full(StatusCode::OK, "text/css; charset=utf-8", include_str!("page.css")))
}

/// The script that signs a person in.
pub fn script() -> Response {
    kept(body::full(StatusCode::OK, "text/javascript; charset=utf-8", include_str!("sign-in.js")))
}

fn kept(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    response
}

/// What went wrong, where nobody can be sent back.
pub fn error(error: &OAuthError) -> Response {
    let content = html! {
        h1 { "This did not work" }
        p role="alert" { (error.description) }
        p { "You can close this window." }
    };
    let mut response = page(error.status, "This did not work", &content, false);
    error.add_headers(&mut response);
    response
}

/// What went wrong, with the way back to the program.
pub fn refused(error: &OAuthError, destination: &str, address: &str) -> Response {
    let content = html! {
        h1 { "This did not work" }
        p role="alert" { "The program that sent you here asked for something that can't be done: " (error.description) }
        p { "It wants to be told. " a href=(address) rel="noreferrer" { "Go back to " (destination) } }
        p { "If you don't know that address, close this window instead." }
    };
    page(error.status, "This did not work", &content, false)
}

fn page(status: StatusCode, title: &str, content: &Markup, with_script: bool) -> Response {
    let document = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) " – Todo assistant" }
                link rel="icon" href="/favicon.svg";
                link rel="stylesheet" href=(paths::STYLE);
                @if with_script { script src=(paths::SCRIPT) defer {} }
            }
            body { main { (content) } }
        }
    };
    let mut response = body::full(status, HTML, document.into_string());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    // Without it a browser would not say in `Origin` which page sends the form (Fetch standard, section 3.1).
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorCode;

    #[test]
    fn a_page_can_not_be_framed_and_is_not_stored() {
        let response = error(&OAuthError::new(ErrorCode::InvalidRequest, "No."));
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("default-src 'none'"));
        assert!(!response.headers().contains_key(header::CACHE_CONTROL), "the frame around says no-store");
    }
}
