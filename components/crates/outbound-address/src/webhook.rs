//! Where a webhook may be.

use thiserror::Error;
use url::{Host, Url};
use web_origin::Origin;

use crate::is_public_name;

/// The longest address, in bytes.
const MAX_BYTES: usize = 2048;

/// Why nothing is sent to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WebhookError {
    /// No URL, or one with more than it takes.
    #[error(
        "This is no address of a webhook: use an https URL without a user, a password and a fragment, such as https://hooks.example.org/todo."
    )]
    Form,
    /// It leads to a number, another port, or a name that is not public.
    #[error("A webhook has to be at https, the usual port and a public name.")]
    NotPublic,
}

/// The address, if something may be sent to it: over TLS to a public name at the usual port, or whatever is at the one origin that the
/// operator has named beside these.
///
/// # Errors
/// [`WebhookError`].
pub fn webhook(text: &str, beside: Option<&Origin>) -> Result<Url, WebhookError> {
    let is_text =
        text.len() <= MAX_BYTES && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let url = is_text.then(|| Url::parse(text).ok()).flatten().ok_or(WebhookError::Form)?;
    let is_plain = matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none()
        && url.fragment().is_none();
    if !is_plain {
        return Err(WebhookError::Form);
    }
    let origin = Origin::new(&url.origin().ascii_serialization()).ok();
    if origin.is_some() && origin.as_ref() == beside {
        return Ok(url);
    }
    let is_public = matches!(url.host(), Some(Host::Domain(name)) if is_public_name(name));
    if url.scheme() == "https" && url.port().is_none() && is_public {
        Ok(url)
    } else {
        Err(WebhookError::NotPublic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_name_over_tls_may_be_sent_to() {
        for text in ["https://hooks.vendor.dev/todo", "https://vendor.dev", "https://vendor.dev/a?token=b"] {
            assert!(webhook(text, None).is_ok(), "{text}");
        }
    }

    #[test]
    fn nothing_private_may_be_sent_to_but_what_the_operator_names() {
        let beside = Origin::new("http://127.0.0.1:9000").unwrap();
        for text in ["http://127.0.0.1:9000/hook", "http://127.0.0.1:9000"] {
            assert!(webhook(text, Some(&beside)).is_ok(), "{text}");
            assert_eq!(webhook(text, None), Err(WebhookError::NotPublic), "{text}");
        }
        for text in [
            "http://vendor.dev/hook",
            "http://127.0.0.1:9001/hook",
            "https://127.0.0.1/hook",
            "https://10.0.0.7/hook",
            "https://169.254.169.254/latest",
            "https://[::1]/hook",
            "https://2130706433/hook",
            "https://localhost/hook",
            "https://postgres/hook",
            "https://todo.default.svc.cluster.local/hook",
            "https://mcp.spin.internal/mcp",
            "https://vendor.dev:8443/hook",
        ] {
            assert_eq!(webhook(text, Some(&beside)), Err(WebhookError::NotPublic), "{text}");
        }
    }

    #[test]
    fn what_is_no_plain_address_is_refused() {
        let long = format!("https://vendor.dev/{}", "x".repeat(2048));
        for text in [
            "",
            "hook",
            "ftp://vendor.dev",
            "https://user@vendor.dev",
            "https://vendor.dev/#x",
            "https://a b.dev",
            &long,
        ] {
            assert_eq!(webhook(text, None), Err(WebhookError::Form), "{text}");
        }
    }
}
