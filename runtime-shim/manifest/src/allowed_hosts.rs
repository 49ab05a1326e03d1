//! `allowed_outbound_hosts`: `scheme://host:port` patterns with Spin's meaning.

use std::net::IpAddr;
use std::ops::RangeInclusive;

/// The host part of addresses that reach another component of the app in this process.
pub const CHAINING_SUFFIX: &str = ".spin.internal";

/// A pattern that cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{pattern:?}: {reason}")]
pub struct AllowedHostsError {
    pattern: String,
    reason: &'static str,
}

/// All patterns of one component; empty allows nothing.
#[derive(Clone, Debug, Default)]
pub struct AllowedHosts {
    patterns: Vec<Pattern>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Pattern {
    /// `None` is any scheme.
    scheme: Option<String>,
    host: Host,
    ports: Ports,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Host {
    Any,
    /// The app itself.
    Itself,
    Exact(String),
    /// `*.example.org`, kept as `.example.org`.
    Subdomains(String),
    /// `10.0.0.0/8`: addresses given as numbers.
    Network(IpAddr, u8),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Ports {
    Any,
    Range(RangeInclusive<u16>),
}

impl AllowedHosts {
    /// Reads the patterns of one component.
    ///
    /// # Errors
    /// The first pattern that is not `scheme://host[:port]`, or lacks a port its scheme has no default for.
    pub fn parse(patterns: &[String]) -> Result<Self, AllowedHostsError> {
        Ok(Self { patterns: patterns.iter().map(|p| Pattern::parse(p)).collect::<Result<_, _>>()? })
    }

    /// Whether a connection to `host` (a name, or an address without brackets) is allowed.
    pub fn allows(&self, scheme: &str, host: &str, port: u16) -> bool {
        let host = normal_host(host);
        self.patterns.iter().any(|p| p.allows(scheme, &host, port))
    }

    /// Whether the app may call itself over HTTP (`http://self`).
    pub fn allows_self(&self, scheme: &str) -> bool {
        self.patterns.iter().any(|p| p.host == Host::Itself && p.allows_scheme(scheme))
    }
}

/// Lower case, without the final dot of an absolute name, without brackets.
fn normal_host(host: &str) -> String {
    let host = host.strip_prefix('[').and_then(|h| h.strip_suffix(']')).unwrap_or(host);
    host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase()
}

impl Pattern {
    fn parse(pattern: &str) -> Result<Self, AllowedHostsError> {
        let wrong = |reason| AllowedHostsError { pattern: pattern.to_owned(), reason };
        let (scheme, rest) = pattern.split_once("://").ok_or(wrong("must be scheme://host:port"))?;
        let scheme = match scheme {
            "*" => None,
            "" => return Err(wrong("has no scheme")),
            _ if scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b)) => {
                Some(scheme.to_ascii_lowercase())
            }
            _ => return Err(wrong("has a scheme with other characters than letters and digits")),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        // A network's `/8` is the only slash that may be in there.
        let (host, port) = split_port(rest).ok_or(wrong("has an unclosed `[`"))?;
        if host.is_empty() {
            return Err(wrong("has no host"));
        }
        let host = Host::parse(host).ok_or(wrong("has a path, a user, or a host that is none"))?;
        let ports = match port {
            Some("*") => Ports::Any,
            Some(port) => {
                Ports::parse(port).ok_or(wrong("has a port that is neither number, range nor `*`"))?
            }
            None if host == Host::Itself => Ports::Any,
            None => {
                let port = default_port(scheme.as_deref()).ok_or(wrong("needs a port"))?;
                Ports::Range(port..=port)
            }
        };
        Ok(Self { scheme, host, ports })
    }

    fn allows_scheme(&self, scheme: &str) -> bool {
        self.scheme.as_deref().is_none_or(|own| own.eq_ignore_ascii_case(scheme))
    }

    fn allows(&self, scheme: &str, host: &str, port: u16) -> bool {
        self.allows_scheme(scheme) && self.host.allows(host) && self.ports.allows(port)
    }
}

/// Splits `host:port`, `[v6]:port`, and `a..b` ranges; the port is absent without a colon.
fn split_port(rest: &str) -> Option<(&str, Option<&str>)> {
    if let Some(inner) = rest.strip_prefix('[') {
        let (host, after) = inner.split_once(']')?;
        return match after.strip_prefix(':') {
            Some(port) => Some((host, Some(port))),
            None if after.is_empty() => Some((host, None)),
            None => None,
        };
    }
    match rest.rsplit_once(':') {
        Some((host, port)) => Some((host, Some(port))),
        None => Some((rest, None)),
    }
}

impl Host {
    fn parse(host: &str) -> Option<Self> {
        let host = host.to_ascii_lowercase();
        if host == "*" {
            return Some(Self::Any);
        }
        if host == "self" {
            return Some(Self::Itself);
        }
        if let Some(rest) = host.strip_prefix('*') {
            return (rest.starts_with('.') && is_name(&rest[1..])).then(|| Self::Subdomains(rest.to_owned()));
        }
        if let Some((address, bits)) = host.split_once('/') {
            let (address, bits) = (address.parse::<IpAddr>().ok()?, bits.parse::<u8>().ok()?);
            return (bits <= if address.is_ipv4() { 32 } else { 128 })
                .then_some(Self::Network(address, bits));
        }
        (is_name(&host) || host.parse::<IpAddr>().is_ok()).then(|| Self::Exact(normal_host(&host)))
    }

    fn allows(&self, host: &str) -> bool {
        match self {
            // A wildcard means the network. Other components have to be named, as in Spin.
            Self::Any => !host.ends_with(CHAINING_SUFFIX),
            Self::Itself => false,
            Self::Exact(own) => {
                own == host
                    || matches!((own.parse::<IpAddr>(), host.parse::<IpAddr>()), (Ok(a), Ok(b)) if a == b)
            }
            Self::Subdomains(suffix) => host.len() > suffix.len() && host.ends_with(suffix.as_str()),
            Self::Network(network, bits) => {
                host.parse().is_ok_and(|address| in_network(address, *network, *bits))
            }
        }
    }
}

fn is_name(host: &str) -> bool {
    !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
}

fn in_network(address: IpAddr, network: IpAddr, bits: u8) -> bool {
    let (address, network, width) = match (address, network) {
        (IpAddr::V4(a), IpAddr::V4(n)) => (u128::from(u32::from(a)), u128::from(u32::from(n)), 32),
        (IpAddr::V6(a), IpAddr::V6(n)) => (u128::from(a), u128::from(n), 128),
        _ => return false,
    };
    let shift = width - u32::from(bits);
    address.checked_shr(shift).unwrap_or(0) == network.checked_shr(shift).unwrap_or(0)
}

impl Ports {
    fn parse(ports: &str) -> Option<Self> {
        match ports.split_once("..") {
            Some((from, to)) => {
                let (from, to) = (from.parse::<u16>().ok()?, to.parse::<u16>().ok()?);
                // Spin's ranges leave the end out, as Rust's do.
                (from < to).then(|| Self::Range(from..=to - 1))
            }
            None => ports.parse().ok().map(|port| Self::Range(port..=port)),
        }
    }

    fn allows(&self, port: u16) -> bool {
        match self {
            Self::Any => true,
            Self::Range(range) => range.contains(&port),
        }
    }
}

fn default_port(scheme: Option<&str>) -> Option<u16> {
    match scheme? {
        "http" => Some(80),
        "https" => Some(443),
        "postgres" | "postgresql" => Some(5432),
        "mysql" => Some(3306),
        "redis" => Some(6379),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(patterns: &[&str]) -> AllowedHosts {
        AllowedHosts::parse(&patterns.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn patterns_allow_what_they_name_and_nothing_else() {
        let table = [
            ("https://example.org", "https", "example.org", 443, true),
            ("https://example.org", "http", "example.org", 443, false),
            ("https://example.org", "https", "example.org", 8443, false),
            ("https://example.org", "https", "EXAMPLE.ORG.", 443, true),
            ("https://example.org", "https", "evil-example.org", 443, false),
            ("https://example.org", "https", "a.example.org", 443, false),
            ("https://*.example.org", "https", "a.example.org", 443, true),
            ("https://*.example.org", "https", "example.org", 443, false),
            ("https://*.example.org", "https", "aexample.org", 443, false),
            ("*://example.org:*", "postgres", "example.org", 1, true),
            ("https://*:443", "https", "anything", 443, true),
            ("*://*:*", "http", "mcp.spin.internal", 80, false),
            ("http://mcp.spin.internal", "http", "mcp.spin.internal", 80, true),
            ("http://*.spin.internal", "http", "mcp.spin.internal", 80, true),
            ("postgres://127.0.0.1:5432", "postgres", "127.0.0.1", 5432, true),
            ("postgres://127.0.0.1", "postgres", "127.0.0.1", 5432, true),
            ("postgres://10.0.0.0/8:5432", "postgres", "10.9.8.7", 5432, true),
            ("postgres://10.0.0.0/8:5432", "postgres", "11.9.8.7", 5432, false),
            ("postgres://10.0.0.0/8:5432", "postgres", "10.example.org", 5432, false),
            ("postgres://[::1]:5432", "postgres", "::1", 5432, true),
            ("postgres://[::1]:5432", "postgres", "0:0:0:0:0:0:0:1", 5432, true),
            ("http://localhost:3000..4000", "http", "localhost", 3999, true),
            ("http://localhost:3000..4000", "http", "localhost", 4000, false),
        ];
        for (pattern, scheme, host, port, expected) in table {
            assert_eq!(
                hosts(&[pattern]).allows(scheme, host, port),
                expected,
                "{pattern} {scheme}://{host}:{port}"
            );
        }
    }

    #[test]
    fn an_empty_list_allows_nothing() {
        assert!(!hosts(&[]).allows("http", "localhost", 80));
        assert!(!hosts(&[]).allows_self("http"));
    }

    #[test]
    fn itself_is_no_host_of_the_network() {
        assert!(hosts(&["http://self"]).allows_self("http"));
        assert!(!hosts(&["http://self"]).allows("http", "self", 80));
    }

    #[test]
    fn patterns_that_are_none_are_refused() {
        for pattern in [
            "example.org",
            "://example.org",
            "https://",
            "custom://example.org",
            "https://example.org/path",
            "https://user@example.org",
            "https://example.org:port",
            "https://ex*mple.org",
            "http://[::1",
            "http://10.0.0.0/33:1",
            "http://localhost:10..5",
        ] {
            assert!(AllowedHosts::parse(&[pattern.to_owned()]).is_err(), "{pattern}");
        }
    }
}
