//! Who issues tokens, and for whom.

use std::fmt;

use thiserror::Error;

/// The app's public origin (RFC 6454, section 6.2), which is issuer and audience of its tokens:
/// `https://todo.example`, `http://127.0.0.1:3000`.
///
/// Written as a browser writes it in the `Origin` header, so that the two compare as text: lower case, no path, no
/// default port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer(String);

impl Issuer {
    /// Reads the public URL as people configure it. A trailing slash, capitals and a default port make no difference.
    ///
    /// # Errors
    /// [`IssuerError`] when it is not a scheme `http` or `https`, a host and nothing more than a port.
    pub fn new(public_url: &str) -> Result<Self, IssuerError> {
        let url = public_url.trim().to_ascii_lowercase();
        let (scheme, rest) = url.split_once("://").ok_or(IssuerError::NotAnOrigin)?;
        let default_port = match scheme {
            "http" => ":80",
            "https" => ":443",
            _ => return Err(IssuerError::NotAnOrigin),
        };
        let authority = rest.trim_end_matches('/');
        let authority = authority.strip_suffix(default_port).unwrap_or(authority);
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        if !is_host(host) || port.is_some_and(|port| port.parse::<u16>().is_err()) {
            return Err(IssuerError::NotAnOrigin);
        }
        Ok(Self(format!("{scheme}://{authority}")))
    }

    /// The origin as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether people reach the app over TLS, so that its cookies must never travel without.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

/// A name, an IPv4 address, or an IPv6 address in brackets; the characters alone, since the browser checks the rest.
fn is_host(host: &str) -> bool {
    let name = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
    };
    match host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => name(host),
    }
}

impl fmt::Display for Issuer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Why a public URL is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum IssuerError {
    /// It is something else than scheme, host and port.
    #[error("the public URL must be http:// or https://, a host and an optional port")]
    NotAnOrigin,
}

#[cfg(test)]
mod tests {
    use super::{Issuer, IssuerError};

    #[test]
    fn an_issuer_is_written_as_browsers_write_an_origin() {
        for (configured, origin) in [
            ("https://todo.example", "https://todo.example"),
            ("https://Todo.Example/", "https://todo.example"),
            ("https://todo.example:443", "https://todo.example"),
            ("https://todo.example:8443/", "https://todo.example:8443"),
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
            ("http://localhost:80", "http://localhost"),
            ("http://[::1]:3000", "http://[::1]:3000"),
            ("http://[::1]", "http://[::1]"),
        ] {
            assert_eq!(Issuer::new(configured).unwrap().as_str(), origin, "{configured}");
        }
    }

    #[test]
    fn anything_but_scheme_host_and_port_is_refused() {
        for configured in [
            "",
            "todo.example",
            "ftp://todo.example",
            "https://",
            "https://a/b",
            "https://a?b",
            "https://a#b",
            "https://user@a",
            "https://a:port",
            "https://a:99999",
            "https://a b",
            "https://[::g]",
            "https://:443",
        ] {
            assert_eq!(Issuer::new(configured), Err(IssuerError::NotAnOrigin), "{configured}");
        }
    }
}
