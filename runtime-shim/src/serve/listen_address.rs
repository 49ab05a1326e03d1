//! Where a run takes requests, as an operator says it.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

/// Where a run takes requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListenAddress {
    /// `localhost:3000`: both loopback addresses of this machine, 127.0.0.1 and ::1, on this port. A browser that is told
    /// `localhost` tries one or the other first.
    Localhost(u16),
    /// `127.0.0.1:3000`, `[::]:80`: this address alone.
    Only(SocketAddr),
}

impl ListenAddress {
    /// The port; 0 takes a free one.
    #[must_use]
    pub fn port(self) -> u16 {
        match self {
            Self::Localhost(port) => port,
            Self::Only(address) => address.port(),
        }
    }

    /// Whether requests come by a name that this machine has for itself: `localhost`, `127.0.0.1` or `[::1]`.
    #[must_use]
    pub fn is_local(self) -> bool {
        match self {
            Self::Localhost(_) => true,
            Self::Only(address) => address.ip() == Ipv4Addr::LOCALHOST || address.ip() == Ipv6Addr::LOCALHOST,
        }
    }
}

impl FromStr for ListenAddress {
    type Err = ListenAddressError;

    fn from_str(text: &str) -> Result<Self, ListenAddressError> {
        match text.rsplit_once(':') {
            Some((host, port)) if host.eq_ignore_ascii_case("localhost") => {
                port.parse().map(Self::Localhost).ok()
            }
            _ => text.parse().map(Self::Only).ok(),
        }
        .ok_or(ListenAddressError)
    }
}

impl From<SocketAddr> for ListenAddress {
    fn from(address: SocketAddr) -> Self {
        Self::Only(address)
    }
}

impl fmt::Display for ListenAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Localhost(port) => write!(f, "localhost:{port}"),
            Self::Only(address) => write!(f, "{address}"),
        }
    }
}

/// A text that says no place to listen at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be localhost or an IP address, and a port, such as localhost:3000 or 0.0.0.0:80")]
pub struct ListenAddressError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_is_written() {
        for (text, is_local) in [
            ("localhost:3000", true),
            ("127.0.0.1:3000", true),
            ("[::1]:0", true),
            ("0.0.0.0:80", false),
            ("[::]:80", false),
            ("192.0.2.7:80", false),
            ("127.0.0.2:80", false),
        ] {
            let address: ListenAddress = text.parse().unwrap();
            assert_eq!((address.to_string().as_str(), address.is_local()), (text, is_local));
        }
        assert_eq!("LOCALHOST:80".parse(), Ok(ListenAddress::Localhost(80)));
    }

    #[test]
    fn names_that_only_a_resolver_knows_and_halves_of_an_address_are_refused() {
        for text in [
            "",
            "localhost",
            ":3000",
            "localhost:",
            "localhost:99999",
            "127.0.0.1",
            "todo.example:80",
            "::1:80x",
        ] {
            assert_eq!(text.parse::<ListenAddress>(), Err(ListenAddressError), "{text}");
        }
    }
}
