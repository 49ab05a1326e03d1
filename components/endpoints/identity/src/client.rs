//! What is known of the program and the machine that send a request.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use http::{HeaderMap, header};

use crate::settings::Settings;

/// The longest part of a `User-Agent` that is stored, in characters.
const USER_AGENT_LENGTH: usize = 512;

/// Who sends a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Client {
    /// Its network address.
    pub address: Option<IpAddr>,
    /// What it calls itself.
    pub user_agent: Option<String>,
}

impl Client {
    /// Reads the headers of a request.
    pub fn of(settings: &Settings, headers: &HeaderMap) -> Self {
        let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Self {
            address: address(settings, headers),
            user_agent: user_agent.map(|text| text.chars().take(USER_AGENT_LENGTH).collect()),
        }
    }

    /// What attempts of this client are counted under: an IPv4 address, or the /64 of an IPv6 address, which is the
    /// smallest network that one subscriber gets.
    pub fn network(&self) -> Option<String> {
        Some(match self.address?.to_canonical() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).to_string(),
        })
    }
}

/// The last address in the header: what stands before it was sent by the client and may be made up.
fn address(settings: &Settings, headers: &HeaderMap) -> Option<IpAddr> {
    let value = headers.get_all(&settings.client_address_header).iter().next_back()?;
    let last = value.to_str().ok()?.rsplit(',').next()?.trim();
    last.parse::<SocketAddr>().map(|address| address.ip()).or_else(|_| last.parse()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings;

    fn client(name: &str, values: &[&str]) -> Client {
        let mut settings = settings::example();
        settings.client_address_header = name.parse().unwrap();
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(settings.client_address_header.clone(), value.parse().unwrap());
        }
        Client::of(&settings, &headers)
    }

    #[test]
    fn the_address_is_the_last_one_a_proxy_added() {
        for (values, network) in [
            (&["127.0.0.1:5000"][..], Some("127.0.0.1")),
            (&["203.0.113.7"], Some("203.0.113.7")),
            (&["6.6.6.6, 203.0.113.7"], Some("203.0.113.7")),
            (&["6.6.6.6", "203.0.113.7"], Some("203.0.113.7")),
            (&["[2001:db8:1:2:3:4:5:6]:443"], Some("2001:db8:1:2::")),
            (&["::ffff:203.0.113.7"], Some("203.0.113.7")),
            (&["unknown"], None),
            (&[""], None),
            (&[], None),
        ] {
            assert_eq!(client("x-forwarded-for", values).network().as_deref(), network, "{values:?}");
        }
    }

    #[test]
    fn a_long_user_agent_is_cut() {
        let headers = [(header::USER_AGENT, "a".repeat(600).parse().unwrap())].into_iter().collect();
        let client = Client::of(&settings::example(), &headers);
        assert_eq!(client.user_agent.unwrap().len(), 512);
    }
}
