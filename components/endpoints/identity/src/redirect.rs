//! Where a client wants to go afterwards.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::auth_error::AuthError;
use crate::site::Site;

/// Checks `callbackURL`: a path of this app, or a URL of a trusted origin.
///
/// # Errors
/// `INVALID_CALLBACK_URL` (403): a link could send people who just signed in to another site.
pub fn check(site: &Site, callback_url: Option<&str>) -> Result<(), AuthError> {
    check_member(site, callback_url, "INVALID_CALLBACK_URL", "Invalid callbackURL", "callbackURL")
}

/// Checks `redirectTo` in the same way.
///
/// # Errors
/// `INVALID_REDIRECT_URL` (403).
pub fn check_redirect_to(site: &Site, url: Option<&str>) -> Result<(), AuthError> {
    check_member(site, url, "INVALID_REDIRECT_URL", "Invalid redirectURL", "redirectTo")
}

/// A URL that was checked, as an absolute one.
pub fn absolute(site: &Site, url: &str) -> String {
    if url.starts_with('/') { site.url(url) } else { url.to_owned() }
}

/// A URL that was checked, as an absolute one and with a parameter more.
pub fn with_parameter(site: &Site, url: &str, name: &str, value: &str) -> String {
    let url = absolute(site, url);
    let (before, fragment) =
        url.split_once('#').map_or((url.as_str(), ""), |(url, fragment)| (url, fragment));
    let mark = if before.contains('?') { '&' } else { '?' };
    let hash = if fragment.is_empty() { "" } else { "#" };
    let value = utf8_percent_encode(value, NON_ALPHANUMERIC);
    format!("{before}{mark}{name}={value}{hash}{fragment}")
}

fn check_member(
    site: &Site,
    url: Option<&str>,
    code: &'static str,
    message: &'static str,
    member: &str,
) -> Result<(), AuthError> {
    let Some(url) = url else { return Ok(()) };
    let is_plain = url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    // `//host` is another site.
    let is_path = url.starts_with('/') && !url.starts_with("//");
    let is_trusted = site.trusted_origins().any(|origin| {
        url.strip_prefix(origin).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
    });
    if is_plain && (is_path || is_trusted) {
        return Ok(());
    }
    let detail = format!("{member} has to be a path of this app or a URL of a trusted origin.");
    Err(AuthError::origin(code, message, detail))
}

#[cfg(test)]
mod tests {
    use super::{check, with_parameter};
    use crate::site;

    #[test]
    fn only_this_app_and_trusted_origins_are_gone_to() {
        let site = site::example("https://todo.example");
        for url in
            ["/", "/tasks?x=1#y", "https://todo.example", "https://todo.example/a", "https://app.example?x"]
        {
            assert!(check(&site, Some(url)).is_ok(), "{url}");
        }
        assert!(check(&site, None).is_ok());
        for url in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "https://todo.example.evil.example",
            "https://todo.example@evil.example",
            "javascript:alert(1)",
            "tasks",
            "/a\nb",
            "https://todo.example:444",
        ] {
            assert_eq!(check(&site, Some(url)).unwrap_err().status(), 403, "{url}");
        }
    }

    #[test]
    fn a_parameter_is_put_before_the_fragment() {
        let site = site::example("https://todo.example");
        for (url, expected) in [
            ("/", "https://todo.example/?token=a%2Db"),
            ("/?set-password", "https://todo.example/?set-password&token=a%2Db"),
            ("https://app.example/x#y", "https://app.example/x?token=a%2Db#y"),
            ("https://app.example", "https://app.example?token=a%2Db"),
        ] {
            assert_eq!(with_parameter(&site, url, "token", "a-b"), expected);
        }
    }
}
