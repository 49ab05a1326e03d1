//! Which addresses are asked.

use outbound_address::is_public_name;
use thiserror::Error;
use url::{Host, Url};

/// The longest address, in bytes.
const MAX_BYTES: usize = 2048;

/// Why an address is not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AddressError {
    /// It can't be an id of a program.
    #[error("The address has to be https with a path, without user, fragment and dots as segments.")]
    NotAnId,
    /// It leads to a number, another port, or a name that is not public.
    #[error("The address has to have a public name and the usual port.")]
    NotPublic,
}

/// The address, if it may be asked.
///
/// # Errors
/// [`AddressError`].
pub fn check(text: &str) -> Result<Url, AddressError> {
    let is_text =
        text.len() <= MAX_BYTES && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let url = is_text.then(|| Url::parse(text).ok()).flatten().ok_or(AddressError::NotAnId)?;
    // Written differently than it is read, it would be another id that leads to the same place.
    let is_id = url.scheme() == "https"
        && url.as_str() == text
        && url.path().len() > 1
        && url.username().is_empty()
        && url.password().is_none()
        && url.fragment().is_none();
    if !is_id {
        return Err(AddressError::NotAnId);
    }
    let Some(Host::Domain(name)) = url.host() else { return Err(AddressError::NotPublic) };
    if url.port().is_some() || !is_public_name(name) { Err(AddressError::NotPublic) } else { Ok(url) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_at_a_public_name_may_be_asked_for() {
        for text in
            ["https://claude.ai/oauth/mcp-oauth-client-metadata", "https://app.vendor.dev/client.json?v=1"]
        {
            assert!(check(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_is_no_id_of_a_program_is_refused() {
        let long = format!("https://vendor.dev/{}", "x".repeat(2048));
        for text in [
            "",
            "http://vendor.dev/client",
            "https://vendor.dev",
            "https://vendor.dev/",
            "https://vendor.dev/a/../client",
            "https://vendor.dev/./client",
            "https://VENDOR.dev/client",
            "https://vendor.dev:443/client",
            "https://user@vendor.dev/client",
            "https://user:password@vendor.dev/client",
            "https://vendor.dev/client#x",
            "https://vendor.dev/a b",
            "https://vendor.dev\\@evil.dev/client",
            "ftp://vendor.dev/client",
            "file:///etc/passwd",
            "//vendor.dev/client",
            &long,
        ] {
            assert_eq!(check(text), Err(AddressError::NotAnId), "{text}");
        }
    }

    #[test]
    fn what_is_not_public_is_refused() {
        for text in [
            "https://127.0.0.1/client",
            "https://10.0.0.7/client",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]/client",
            "https://[fd00::1]/client",
            "https://[::ffff:7f00:1]/client",
            "https://localhost/client",
            "https://app.localhost/client",
            "https://postgres/client",
            "https://todo.default.svc.cluster.local/client",
            "https://metadata.google.internal/client",
            "https://mcp.spin.internal/mcp",
            "https://printer.local/client",
            "https://router.home.arpa/client",
            "https://vendor.dev./client",
            "https://vendor.dev:8443/client",
        ] {
            assert_eq!(check(text), Err(AddressError::NotPublic), "{text}");
        }
        // Numbers written in other ways are read as numbers.
        for text in ["https://2130706433/client", "https://0x7f.1/client", "https://127.1/client"] {
            assert!(check(text).is_err(), "{text}");
        }
    }
}
