//! The session cookie (RFC 6265), as Better Auth names and forms it.

use http::HeaderMap;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::session::LIFETIME_SECONDS;
use crate::signature;
use crate::site::Site;
use crate::two_factor::TokenPurpose;

/// What JavaScript's `encodeURIComponent` leaves as it is.
pub const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// Says that a session ends with the browser; for Better Auth's clients, since the session itself knows it.
const DONT_REMEMBER: &str = "better-auth.dont_remember";
/// Names a sign-in that waits for a code, as in Better Auth's plugin for a second factor.
const CHALLENGE: &str = "better-auth.two_factor";
/// Names a browser that is asked for no code.
const TRUSTED_DEVICE: &str = "better-auth.trust_device";
/// A cookie that Better Auth's clients may have from another server at the same origin; signing out clears it too.
const SESSION_DATA: &str = "better-auth.session_data";

/// The `Set-Cookie`s that keep a session: for seven days when remembered, else until the browser is closed.
pub fn set_session_cookie(site: &Site, token: &str, remembered: bool) -> Vec<String> {
    let max_age = if remembered { format!("; Max-Age={LIFETIME_SECONDS}") } else { String::new() };
    let mut cookies = vec![signed(site, session_cookie::NAME, token, &max_age)];
    if !remembered {
        cookies.push(signed(site, DONT_REMEMBER, "true", ""));
    }
    cookies
}

fn signed(site: &Site, name: &str, value: &str, max_age: &str) -> String {
    let signed = signature::sign(site.settings, value);
    let value = utf8_percent_encode(&signed, COMPONENT);
    format!("{}{name}={value}{max_age}{}", prefix(site), attributes(site))
}

/// The `Set-Cookie`s that end it.
pub fn clear(site: &Site) -> Vec<String> {
    let names = [session_cookie::NAME, SESSION_DATA, DONT_REMEMBER];
    names.iter().map(|name| clear_one(site, name)).collect()
}

/// The token of the session cookie, if it is signed.
pub fn session_token(site: &Site, headers: &HeaderMap) -> Option<String> {
    session_cookie::session_token(&site.origin, site.settings.secrets(), headers)
}

/// The `Set-Cookie` that keeps a sign-in that waits for a code.
pub fn set_challenge(site: &Site, token: &str) -> String {
    keep(site, CHALLENGE, token, TokenPurpose::Challenge)
}

/// The `Set-Cookie` that keeps a browser trusted.
pub fn set_trusted_device(site: &Site, token: &str) -> String {
    keep(site, TRUSTED_DEVICE, token, TokenPurpose::Device)
}

fn keep(site: &Site, name: &str, token: &str, purpose: TokenPurpose) -> String {
    signed(site, name, token, &format!("; Max-Age={}", purpose.lifetime_seconds()))
}

/// The token of a sign-in that waits for a code, if it is signed.
pub fn challenge(site: &Site, headers: &HeaderMap) -> Option<String> {
    session_cookie::signed_value(&site.origin, site.settings.secrets(), CHALLENGE, headers)
}

/// The token of a trusted browser, if it is signed.
pub fn trusted_device(site: &Site, headers: &HeaderMap) -> Option<String> {
    session_cookie::signed_value(&site.origin, site.settings.secrets(), TRUSTED_DEVICE, headers)
}

/// The `Set-Cookie` that ends a sign-in that waits for a code.
pub fn clear_challenge(site: &Site) -> String {
    clear_one(site, CHALLENGE)
}

/// The `Set-Cookie` that ends the trust in a browser.
pub fn clear_trusted_device(site: &Site) -> String {
    clear_one(site, TRUSTED_DEVICE)
}

fn clear_one(site: &Site, name: &str) -> String {
    format!("{}{name}=; Max-Age=0{}", prefix(site), attributes(site))
}

/// The `Set-Cookie`s that end a session the request has a cookie for, valid or not; none when it has none.
pub fn clear_stale(site: &Site, headers: &HeaderMap) -> Vec<String> {
    session_cookie::find(&site.origin, headers).map(|_| clear(site)).unwrap_or_default()
}

/// Browsers take a cookie of this prefix over TLS alone.
fn prefix(site: &Site) -> &'static str {
    if site.origin.is_https() { "__Secure-" } else { "" }
}

fn attributes(site: &Site) -> &'static str {
    if site.origin.is_https() {
        "; Path=/; HttpOnly; Secure; SameSite=Lax"
    } else {
        "; Path=/; HttpOnly; SameSite=Lax"
    }
}

#[cfg(test)]
mod tests {
    use http::header;

    use super::*;
    use crate::site;

    fn cookie_header(value: &str) -> HeaderMap {
        [(header::COOKIE, value.parse().unwrap())].into_iter().collect()
    }

    fn value_of(cookie: &str) -> &str {
        cookie.split(';').next().unwrap()
    }

    #[test]
    fn a_session_cookie_has_better_auths_name_and_attributes() {
        let cookies = set_session_cookie(&site::example("http://127.0.0.1:3000"), "token", true);
        let [cookie] = &cookies[..] else { panic!("{cookies:?}") };
        assert!(cookie.starts_with("better-auth.session_token=token."), "{cookie}");
        assert!(cookie.contains("%3D; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax"), "{cookie}");
        let cookies = set_session_cookie(&site::example("https://todo.example"), "token", false);
        let [secure, ends_with_the_browser] = &cookies[..] else { panic!("{cookies:?}") };
        assert!(secure.starts_with("__Secure-better-auth.session_token=token."), "{secure}");
        assert!(secure.ends_with("%3D; Path=/; HttpOnly; Secure; SameSite=Lax"), "{secure}");
        assert!(ends_with_the_browser.starts_with("__Secure-better-auth.dont_remember=true."));
        assert!(!ends_with_the_browser.contains("Max-Age"), "{ends_with_the_browser}");
    }

    #[test]
    fn the_cookie_is_read_back_among_others() {
        let site = site::example("https://todo.example");
        let cookies = set_session_cookie(&site, "token", true);
        let line = format!("a=b; {};c=d", value_of(&cookies[0]));
        assert_eq!(session_token(&site, &cookie_header(&line)).as_deref(), Some("token"));
        let plain = line.replace("__Secure-", "");
        assert_eq!(
            session_token(&site, &cookie_header(&plain)),
            None,
            "over TLS only the prefixed name counts"
        );
    }

    #[test]
    fn a_forged_cookie_is_no_session() {
        let site = site::example("http://127.0.0.1:3000");
        for value in ["token", "token.", "token.AAAA", "%ff", "", "token.%3D"] {
            let header = cookie_header(&format!("better-auth.session_token={value}"));
            assert_eq!(session_token(&site, &header), None, "{value}");
        }
    }

    #[test]
    fn a_token_of_one_cookie_is_none_of_another() {
        let site = site::example("https://todo.example");
        let challenge_cookie = set_challenge(&site, "token");
        assert!(challenge_cookie.starts_with("__Secure-better-auth.two_factor=token."), "{challenge_cookie}");
        assert!(challenge_cookie.ends_with("; Max-Age=600; Path=/; HttpOnly; Secure; SameSite=Lax"));
        let headers = cookie_header(value_of(&challenge_cookie));
        assert_eq!(challenge(&site, &headers).as_deref(), Some("token"));
        assert_eq!((session_token(&site, &headers), trusted_device(&site, &headers)), (None, None));
        let device = set_trusted_device(&site, "token");
        assert!(device.contains("; Max-Age=2592000;"), "{device}");
        assert_eq!(trusted_device(&site, &cookie_header(value_of(&device))).as_deref(), Some("token"));
        assert_eq!(
            trusted_device(&site, &cookie_header("__Secure-better-auth.trust_device=token.AAAA")),
            None
        );
    }

    #[test]
    fn only_a_cookie_that_was_sent_is_cleared() {
        let site = site::example("http://127.0.0.1:3000");
        assert!(clear_stale(&site, &cookie_header("a=b")).is_empty());
        assert_eq!(clear_stale(&site, &cookie_header("better-auth.session_token=old")).len(), 3);
    }

    #[test]
    fn signing_out_ends_every_cookie() {
        let cleared = clear(&site::example("http://127.0.0.1:3000"));
        assert_eq!(cleared.len(), 3);
        assert!(cleared.iter().all(|cookie| cookie.contains("=; Max-Age=0; Path=/; HttpOnly")));
    }
}
