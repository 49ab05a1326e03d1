//! Where a client wants to go after signing in.

use crate::refusal::Refusal;
use crate::site::Site;

/// Checks `callbackURL`: a path of this app, or a URL of a trusted origin.
///
/// # Errors
/// `INVALID_CALLBACK_URL` (403): a link could send people who just signed in to another site.
pub fn check(site: &Site, callback_url: Option<&str>) -> Result<(), Refusal> {
    let Some(url) = callback_url else { return Ok(()) };
    let is_plain = url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    // `//host` is another site.
    let is_path = url.starts_with('/') && !url.starts_with("//");
    let is_trusted = site.trusted_origins().any(|origin| {
        url.strip_prefix(origin).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
    });
    if is_plain && (is_path || is_trusted) {
        return Ok(());
    }
    Err(Refusal::origin(
        "INVALID_CALLBACK_URL",
        "Invalid callbackURL",
        "callbackURL has to be a path of this app or a URL of a trusted origin.",
    ))
}

#[cfg(test)]
mod tests {
    use super::check;
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
}
