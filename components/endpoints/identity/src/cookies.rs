//! The session cookie (RFC 6265), as Better Auth names and forms it.

use http::{HeaderMap, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::session::LIFETIME_SECONDS;
use crate::settings::Settings;
use crate::signature;

/// What JavaScript's `encodeURIComponent` leaves as it is.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// Cookies that Better Auth clients may have from another server at the same origin; signing out clears them too.
const OTHERS: [&str; 2] = ["better-auth.session_data", "better-auth.dont_remember"];

/// The `Set-Cookie` that keeps a session: for seven days when remembered, else until the browser is closed.
pub fn keep(settings: &Settings, token: &str, remembered: bool) -> String {
    let signed = signature::sign(settings, token);
    let value = utf8_percent_encode(&signed, COMPONENT);
    let max_age = if remembered { format!("; Max-Age={LIFETIME_SECONDS}") } else { String::new() };
    format!("{}={value}{max_age}{}", session_name(settings), attributes(settings))
}

/// The `Set-Cookie`s that end it.
pub fn clear(settings: &Settings) -> Vec<String> {
    let names = std::iter::once("better-auth.session_token").chain(OTHERS);
    names.map(|name| format!("{}{name}=; Max-Age=0{}", prefix(settings), attributes(settings))).collect()
}

/// The token of the session cookie, if it is signed.
pub fn session_token(settings: &Settings, headers: &HeaderMap) -> Option<String> {
    let value = session_cookie(settings, headers)?;
    let signed = percent_decode_str(value).decode_utf8().ok()?;
    signature::open(settings, &signed).map(str::to_owned)
}

/// The `Set-Cookie`s that end a session the request has a cookie for, valid or not; none when it has none.
pub fn clear_stale(settings: &Settings, headers: &HeaderMap) -> Vec<String> {
    session_cookie(settings, headers).map(|_| clear(settings)).unwrap_or_default()
}

/// The session cookie as it was sent. Of several cookies of one name the first counts.
fn session_cookie<'a>(settings: &Settings, headers: &'a HeaderMap) -> Option<&'a str> {
    let name = session_name(settings);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.split_once('='))
        .find(|(found, _)| found.trim() == name)
        .map(|(_, value)| value.trim().trim_matches('"'))
}

fn session_name(settings: &Settings) -> String {
    format!("{}better-auth.session_token", prefix(settings))
}

/// Browsers take a cookie of this prefix over TLS alone.
fn prefix(settings: &Settings) -> &'static str {
    if settings.issuer.is_https() { "__Secure-" } else { "" }
}

fn attributes(settings: &Settings) -> &'static str {
    if settings.issuer.is_https() {
        "; Path=/; HttpOnly; Secure; SameSite=Lax"
    } else {
        "; Path=/; HttpOnly; SameSite=Lax"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings;

    fn cookie_header(value: &str) -> HeaderMap {
        [(header::COOKIE, value.parse().unwrap())].into_iter().collect()
    }

    fn value_of(cookie: &str) -> &str {
        cookie.split(';').next().unwrap()
    }

    #[test]
    fn a_session_cookie_has_better_auths_name_and_attributes() {
        let cookie = keep(&settings::example("http://127.0.0.1:3000"), "token", true);
        assert!(cookie.starts_with("better-auth.session_token=token."), "{cookie}");
        assert!(cookie.contains("%3D; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax"), "{cookie}");
        let secure = keep(&settings::example("https://todo.example"), "token", false);
        assert!(secure.starts_with("__Secure-better-auth.session_token=token."), "{secure}");
        assert!(secure.ends_with("%3D; Path=/; HttpOnly; Secure; SameSite=Lax"), "{secure}");
    }

    #[test]
    fn the_cookie_is_read_back_among_others() {
        let settings = settings::example("https://todo.example");
        let cookie = keep(&settings, "token", true);
        let line = format!("a=b; {};c=d", value_of(&cookie));
        assert_eq!(session_token(&settings, &cookie_header(&line)).as_deref(), Some("token"));
        let plain = line.replace("__Secure-", "");
        assert_eq!(
            session_token(&settings, &cookie_header(&plain)),
            None,
            "over TLS only the prefixed name counts"
        );
    }

    #[test]
    fn a_forged_cookie_is_no_session() {
        let settings = settings::example("http://127.0.0.1:3000");
        for value in ["token", "token.", "token.AAAA", "%ff", "", "token.%3D"] {
            let header = cookie_header(&format!("better-auth.session_token={value}"));
            assert_eq!(session_token(&settings, &header), None, "{value}");
        }
    }

    #[test]
    fn only_a_cookie_that_was_sent_is_cleared() {
        let settings = settings::example("http://127.0.0.1:3000");
        assert!(clear_stale(&settings, &cookie_header("a=b")).is_empty());
        assert_eq!(clear_stale(&settings, &cookie_header("better-auth.session_token=old")).len(), 3);
    }

    #[test]
    fn signing_out_ends_every_cookie() {
        let cleared = clear(&settings::example("http://127.0.0.1:3000"));
        assert_eq!(cleared.len(), 3);
        assert!(cleared.iter().all(|cookie| cookie.contains("=; Max-Age=0; Path=/; HttpOnly")));
    }
}
