//! From which network a request comes, so that what strangers do can be counted per network.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use http::{HeaderMap, HeaderName};

/// Where upstream Spin and runtime-shim put the peer's address.
pub const PEER_ADDRESS: HeaderName = HeaderName::from_static("spin-client-addr");

/// The client's address: the one that the proxy names in its header; the peer's where there is no proxy, and for a request that
/// came past it.
#[must_use]
pub fn address(proxy_header: Option<&HeaderName>, headers: &HeaderMap) -> Option<IpAddr> {
    let named = proxy_header.and_then(|name| last_address(headers, name));
    named.or_else(|| last_address(headers, &PEER_ADDRESS))
}

/// What the address is counted under: an IPv4 address, or the /64 of an IPv6 address, which is the smallest network that one
/// subscriber gets. Clients whose address is not known count as one network.
#[must_use]
pub fn network(address: Option<IpAddr>) -> String {
    match address.map(|address| address.to_canonical()) {
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => {
            Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).to_string()
        }
        None => "unknown".to_owned(),
    }
}

/// Whether a program of the machine that the app runs on has this address.
#[must_use]
pub fn is_this_machine(address: Option<IpAddr>) -> bool {
    address.is_some_and(|address| address.to_canonical().is_loopback())
}

/// The last address in the header: what stands before it was sent by the client and may be made up.
fn last_address(headers: &HeaderMap, name: &HeaderName) -> Option<IpAddr> {
    let value = headers.get_all(name).iter().next_back()?;
    let last = value.to_str().ok()?.rsplit(',').next()?.trim();
    last.parse::<SocketAddr>().map(|address| address.ip()).or_else(|_| last.parse()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network_of(values: &[&str]) -> String {
        let name = HeaderName::from_static("x-forwarded-for");
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(name.clone(), value.parse().unwrap());
        }
        network(address(Some(&name), &headers))
    }

    #[test]
    fn the_address_is_the_last_one_a_proxy_added() {
        for (values, network) in [
            (&["203.0.113.7"][..], "203.0.113.7"),
            (&["6.6.6.6, 203.0.113.7"], "203.0.113.7"),
            (&["6.6.6.6", "203.0.113.7:81"], "203.0.113.7"),
            (&["[2001:db8:1:2:3:4:5:6]:443"], "2001:db8:1:2::"),
            (&["::ffff:203.0.113.7"], "203.0.113.7"),
            (&["nobody"], "unknown"),
            (&[], "unknown"),
        ] {
            assert_eq!(network_of(values), network, "{values:?}");
        }
    }

    #[test]
    fn a_request_that_came_past_the_proxy_counts_as_its_peer() {
        let headers: HeaderMap = [(PEER_ADDRESS, "127.0.0.1:4000".parse().unwrap())].into_iter().collect();
        let proxy = HeaderName::from_static("x-real-ip");
        assert!(is_this_machine(address(Some(&proxy), &headers)));
        assert!(!is_this_machine(None));
    }
}
