//! Whether a component of this app sent a request, rather than a client.

use std::net::{IpAddr, SocketAddr};

use http::{HeaderMap, HeaderName};

/// Names inside the app, which no resolver outside knows (Spin, "Local service chaining").
pub(crate) const INTERNAL: &str = ".spin.internal";

/// Where a client's connection comes from. The host puts it there, and takes out what the client sent under this name.
const CLIENT_ADDRESS: HeaderName = HeaderName::from_static("spin-client-addr");

/// Whether the host lets a component of this app call by such a name: the request came over no connection. The host leaves
/// the client's address out then; Spin writes one that no client has (`0.0.0.0:0`).
#[must_use]
pub fn is_chained(name: &str, headers: &HeaderMap) -> bool {
    name.ends_with(INTERNAL)
        && headers.get_all(CLIENT_ADDRESS).iter().all(|value| is_unspecified(value.to_str().ok()))
}

fn is_unspecified(address: Option<&str>) -> bool {
    let read = |text: &str| {
        text.parse::<SocketAddr>().map(|socket| socket.ip()).or_else(|_| text.parse::<IpAddr>()).ok()
    };
    address.and_then(read).is_some_and(|address| address.is_unspecified())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chained(name: &str, addresses: &[&'static str]) -> bool {
        let value = |address: &&'static str| (CLIENT_ADDRESS, http::HeaderValue::from_static(address));
        let headers: HeaderMap = addresses.iter().map(value).collect();
        is_chained(name, &headers)
    }

    #[test]
    fn a_component_calls_by_an_internal_name_and_over_no_connection() {
        assert!(chained("mcp.spin.internal", &[]));
        assert!(chained("mcp.spin.internal", &["0.0.0.0:0"]));
        assert!(!chained("mcp.example", &[]));
    }

    #[test]
    fn a_client_that_calls_by_an_internal_name_is_a_client() {
        for address in ["127.0.0.1:50000", "[::1]:50000", "192.0.2.7", "somewhere", ""] {
            assert!(!chained("mcp.spin.internal", &[address]), "{address}");
        }
    }
}
