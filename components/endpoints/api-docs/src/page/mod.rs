//! Pages: one style sheet, no script, nothing from elsewhere.

pub(crate) mod document;
mod operation;
pub(crate) mod problem;
mod schema;
mod text;

use std::sync::OnceLock;

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use endpoint::{Response, body};
use http::{HeaderValue, StatusCode, header};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::cached::CACHE_CONTROL;

const STYLE: &str = include_str!("style.css");

/// The page as an answer.
pub(crate) fn answer(page: impl Into<Bytes>) -> Response {
    let mut response = body::full(StatusCode::OK, "text/html; charset=utf-8", page);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy());
    headers.insert(header::CACHE_CONTROL, CACHE_CONTROL);
    headers.insert(header::VARY, HeaderValue::from_static("Accept"));
    response
}

/// Only the style sheet that is part of the page, known by its hash (Content Security Policy Level 3, section 2.3.1).
fn policy() -> HeaderValue {
    static POLICY: OnceLock<HeaderValue> = OnceLock::new();
    let policy = POLICY.get_or_init(|| {
        let hash = STANDARD.encode(Sha256::digest(STYLE));
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
        // Base64 is always a header value; without it the page would merely be unstyled.
        HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
    });
    policy.clone()
}

/// The frame of every page.
fn layout(title: &str, navigation: &Markup, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                // Unescaped, as its hash is taken from the text itself.
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#content" { "Skip to the content" }
                nav aria-label="Contents" { (navigation) }
                main #content tabindex="-1" { (content) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_allows_nothing_but_its_own_style() {
        let policy = answer("x").headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
        assert!(!policy.contains("unsafe"));
    }

    #[test]
    fn the_style_sheet_can_not_end_its_element_or_load_anything() {
        for forbidden in ["</", "url(", "@import", "http"] {
            assert!(!STYLE.contains(forbidden), "{forbidden}");
        }
    }
}
