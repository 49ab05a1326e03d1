//! Origins (RFC 6454): scheme, host and port.

#![warn(missing_docs)]

use std::fmt;

use thiserror::Error;

/// What only this machine calls itself. No resolver elsewhere can make another site's name one of these.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// An origin such as `https://todo.example` or `http://127.0.0.1:3000`.
///
/// Written as a browser writes it in the `Origin` header (RFC 6454, section 6.2), so that two compare as text: lower case,
/// no path, no default port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// Reads a URL as people configure it. A trailing slash, capitals and a default port make no difference.
    ///
    /// # Errors
    /// [`OriginError`] when it is not a scheme `http` or `https`, a host and nothing more than a port.
    pub fn new(url: &str) -> Result<Self, OriginError> {
        let url = url.trim().to_ascii_lowercase();
        let (scheme, rest) = url.split_once("://").ok_or(OriginError::NotAnOrigin)?;
        let default_port = match scheme {
            "http" => ":80",
            "https" => ":443",
            _ => return Err(OriginError::NotAnOrigin),
        };
        let authority = rest.trim_end_matches('/');
        let authority = authority.strip_suffix(default_port).unwrap_or(authority);
        let (host, port) = split(authority);
        if !is_host(host) || port.is_some_and(|port| port.parse::<u16>().is_err()) {
            return Err(OriginError::NotAnOrigin);
        }
        Ok(Self(format!("{scheme}://{authority}")))
    }

    /// The origin as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `http` or `https`.
    #[must_use]
    pub fn scheme(&self) -> &str {
        if self.is_https() { "https" } else { "http" }
    }

    /// Host and, unless it is the scheme's own, port; as in the header `Host`.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.0.split_once("://").map_or("", |(_, authority)| authority)
    }

    /// The name, IPv4 address, or IPv6 address in brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        split(self.authority()).0
    }

    /// Whether it is reached over TLS, so that its cookies must never travel without.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Whether it names the very machine that asks: `localhost`, `127.0.0.1` or `[::1]`, with any port.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        LOOPBACK.contains(&self.host())
    }
}

/// Host and port of an authority; colons in brackets belong to an IPv6 address.
fn split(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
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

impl From<Origin> for String {
    fn from(origin: Origin) -> Self {
        origin.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Why a text is no origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum OriginError {
    /// It is something else than scheme, host and port.
    #[error("it must be http:// or https://, a host and an optional port")]
    NotAnOrigin,
}

#[cfg(test)]
mod tests {
    use super::{Origin, OriginError};

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
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
            assert_eq!(Origin::new(configured).unwrap().as_str(), origin, "{configured}");
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
            assert_eq!(Origin::new(configured), Err(OriginError::NotAnOrigin), "{configured}");
        }
    }

    #[test]
    fn an_origin_is_taken_apart() {
        for (text, scheme, authority, host) in [
            ("https://todo.example", "https", "todo.example", "todo.example"),
            ("http://localhost:3000", "http", "localhost:3000", "localhost"),
            ("http://[::1]:3000", "http", "[::1]:3000", "[::1]"),
            ("http://[::1]", "http", "[::1]", "[::1]"),
        ] {
            let origin = Origin::new(text).unwrap();
            assert_eq!((origin.scheme(), origin.authority(), origin.host()), (scheme, authority, host));
        }
    }

    #[test]
    fn only_this_machines_own_names_are_loopback() {
        let is_loopback = |text: &str| Origin::new(text).unwrap().is_loopback();
        for own in [
            "http://localhost:3000",
            "http://LOCALHOST",
            "https://localhost",
            "http://127.0.0.1:1",
            "http://[::1]:80",
        ] {
            assert!(is_loopback(own), "{own}");
        }
        for other in [
            "http://localhost.evil.example:3000",
            "http://evil-localhost:3000",
            "http://127.0.0.1.evil.example",
            "http://localhost.",
            "http://127.0.0.2",
            "http://0.0.0.0:3000",
            "http://[::]:3000",
            "http://[::ffff:127.0.0.1]:3000",
            "http://192.168.1.7:3000",
        ] {
            assert!(!is_loopback(other), "{other}");
        }
    }
}
