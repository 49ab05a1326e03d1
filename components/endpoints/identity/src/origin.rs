//! Protection against requests that another site makes a browser send (CSRF).
//!
//! A browser names the page that sends a request in `Origin` (RFC 6454, section 7.3). A request that changes something
//! must come from a trusted origin whenever it carries a cookie or tells that a browser sent it. A program that is no
//! browser has neither, and nothing that a site could abuse.
//!
//! What tells it is `Sec-Fetch-Site`: browsers send it with every request to a trustworthy address, and no page can forge or
//! leave it out (Fetch Metadata, section 2.1; OWASP, Cross-Site Request Forgery Prevention). The other `Sec-Fetch-*` headers
//! do not: Node.js sends `Sec-Fetch-Mode` alone, since its `fetch` has modes and no pages.

use http::{HeaderMap, Method, header};

use crate::auth_error::AuthError;
use crate::site::Site;

/// Where a browser says from which site a request comes.
const SEC_FETCH_SITE: &str = "sec-fetch-site";

/// Refuses a request that changes something and may come from another site.
pub fn check(site: &Site, method: &Method, headers: &HeaderMap) -> Result<(), AuthError> {
    if method.is_safe() {
        return Ok(());
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if text(SEC_FETCH_SITE) == Some("cross-site") && text("sec-fetch-mode") == Some("navigate") {
        return Err(AuthError::origin(
            "CROSS_SITE_NAVIGATION_LOGIN_BLOCKED",
            "Cross-site navigation login blocked. This request appears to be a CSRF attack.",
            "Another site's form sent this request. Sign in on the page of this service.",
        ));
    }
    let is_browser = headers.contains_key(header::COOKIE)
        || headers.contains_key(header::ORIGIN)
        || headers.contains_key(header::REFERER)
        || headers.contains_key(SEC_FETCH_SITE);
    if !is_browser {
        return Ok(());
    }
    // Two of them could be read as two different pages.
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let origin = match (origins.next(), origins.next()) {
        (Some(origin), None) => origin.to_str().unwrap_or("null").to_owned(),
        (None, None) => text("referer").and_then(read_origin).unwrap_or_default(),
        _ => "null".to_owned(),
    };
    if origin.is_empty() || origin == "null" {
        return Err(AuthError::origin(
            "MISSING_OR_NULL_ORIGIN",
            "Missing or null Origin",
            "A request with cookies has to say in its Origin header which page sends it.",
        ));
    }
    if site.trusts(&origin) {
        return Ok(());
    }
    let detail = format!("Only pages of {} may do this. Open the app there.", site.origin);
    Err(AuthError::origin("INVALID_ORIGIN", "Invalid origin", detail))
}

/// The origin of an absolute URL: everything before its path.
fn read_origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    // What looks like a trusted host may be a user name.
    (!authority.contains('@')).then(|| format!("{scheme}://{authority}"))
}

#[cfg(test)]
mod tests {
    use http::HeaderName;

    use super::*;
    use crate::site;

    fn outcome(headers: &[(&str, &str)]) -> Result<(), String> {
        let map = headers
            .iter()
            .map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap()))
            .collect();
        check(&site::example("https://todo.example"), &Method::POST, &map).map_err(|auth_error| {
            assert_eq!(auth_error.status(), 403);
            auth_error.code().to_owned()
        })
    }

    #[test]
    fn the_apps_own_page_a_trusted_one_and_a_program_may_pass() {
        for headers in [
            &[][..],
            &[("authorization", "Bearer x")],
            // Node.js.
            &[("sec-fetch-mode", "cors")],
            &[("sec-fetch-mode", "cors"), ("authorization", "Bearer x")],
            &[("origin", "https://todo.example")],
            &[("origin", "https://todo.example"), ("cookie", "a=b"), ("sec-fetch-site", "same-origin")],
            &[("referer", "https://todo.example/page?x#y"), ("cookie", "a=b")],
            &[("origin", "https://app.example")],
        ] {
            assert_eq!(outcome(headers), Ok(()), "{headers:?}");
        }
    }

    #[test]
    fn origins_are_compared_whole() {
        for origin in [
            "https://todo.example.evil.example",
            "https://todo.exampl",
            "http://todo.example",
            "https://todo.example:8443",
            "https://evil.example",
            "https://sub.todo.example",
            "https://todo.example/",
            "https://user@todo.example",
        ] {
            assert_eq!(outcome(&[("origin", origin)]), Err("INVALID_ORIGIN".to_owned()), "{origin}");
            assert_eq!(outcome(&[("origin", origin), ("cookie", "a=b")]), Err("INVALID_ORIGIN".to_owned()));
        }
    }

    #[test]
    fn a_browser_has_to_say_which_page_it_is() {
        let missing = Err("MISSING_OR_NULL_ORIGIN".to_owned());
        assert_eq!(outcome(&[("cookie", "better-auth.session_token=x")]), missing);
        assert_eq!(outcome(&[("origin", "null")]), missing);
        for site in ["same-origin", "same-site", "cross-site", "none"] {
            assert_eq!(outcome(&[("sec-fetch-site", site)]), missing);
            assert_eq!(outcome(&[("sec-fetch-site", site), ("sec-fetch-mode", "cors")]), missing);
        }
        assert_eq!(outcome(&[("sec-fetch-mode", "cors"), ("cookie", "a=b")]), missing);
        assert_eq!(outcome(&[("referer", "https://todo.example@evil.example/")]), missing);
        assert_eq!(outcome(&[("referer", "about:blank"), ("cookie", "a=b")]), missing);
    }

    #[test]
    fn another_sites_form_is_refused() {
        let form = [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
            ("origin", "https://todo.example"),
        ];
        assert_eq!(outcome(&form), Err("CROSS_SITE_NAVIGATION_LOGIN_BLOCKED".to_owned()));
    }

    #[test]
    fn a_page_of_one_name_of_this_machine_is_another_site_to_the_other_names() {
        let names =
            ["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000", "http://localhost:3001"];
        for asked in names {
            for page in names {
                let headers = [(header::ORIGIN, page.parse().unwrap())].into_iter().collect();
                let passes = check(&site::example(asked), &Method::POST, &headers).is_ok();
                assert_eq!(passes, page == asked, "{page} at {asked}");
            }
        }
    }

    #[test]
    fn reading_is_not_checked() {
        let headers = [(header::ORIGIN, "https://evil.example".parse().unwrap())].into_iter().collect();
        assert!(check(&site::example("https://todo.example"), &Method::GET, &headers).is_ok());
    }
}
