//! What is known of the program and the machine that send a request.

use std::net::IpAddr;

use http::{HeaderMap, header};

use crate::settings::Settings;

/// The longest part of a `User-Agent` that is stored, in characters.
const MAX_USER_AGENT_CHARACTERS: usize = 512;

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
    pub fn new(settings: &Settings, headers: &HeaderMap) -> Self {
        let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Self {
            address: client_network::address(settings.client_address_header.as_ref(), headers),
            user_agent: user_agent.map(|text| text.chars().take(MAX_USER_AGENT_CHARACTERS).collect()),
        }
    }

    /// What attempts of this client are counted under.
    pub fn network(&self) -> String {
        client_network::network(self.address)
    }

    /// Whether it runs on the machine that the app runs on.
    pub fn is_on_this_machine(&self) -> bool {
        client_network::is_this_machine(self.address)
    }
}

#[cfg(test)]
mod tests {
    use client_network::PEER_ADDRESS;
    use http::HeaderName;

    use super::*;
    use crate::settings;

    fn client(name: &str, values: &[&str]) -> Client {
        let mut settings = settings::example();
        let name: HeaderName = name.parse().unwrap();
        settings.client_address_header = Some(name.clone());
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(name.clone(), value.parse().unwrap());
        }
        Client::new(&settings, &headers)
    }

    #[test]
    fn the_address_is_the_last_one_a_proxy_added() {
        for (values, network) in [
            (&["127.0.0.1:5000"][..], "127.0.0.1"),
            (&["203.0.113.7"], "203.0.113.7"),
            (&["6.6.6.6, 203.0.113.7"], "203.0.113.7"),
            (&["6.6.6.6", "203.0.113.7"], "203.0.113.7"),
            (&["[2001:db8:1:2:3:4:5:6]:443"], "2001:db8:1:2::"),
            (&["::ffff:203.0.113.7"], "203.0.113.7"),
        ] {
            assert_eq!(client("x-forwarded-for", values).network(), network, "{values:?}");
        }
    }

    #[test]
    fn clients_without_an_address_are_one_network() {
        for values in [&["nobody"][..], &[""], &[]] {
            let client = client("x-forwarded-for", values);
            assert_eq!((client.address, client.network()), (None, "unknown".to_owned()), "{values:?}");
        }
    }

    #[test]
    fn a_request_that_came_past_the_proxy_counts_as_its_peer() {
        let mut settings = settings::example();
        let mut headers: HeaderMap =
            [(PEER_ADDRESS, "198.51.100.2:4000".parse().unwrap())].into_iter().collect();
        assert_eq!(Client::new(&settings, &headers).network(), "198.51.100.2");
        settings.client_address_header = Some("x-real-ip".parse().unwrap());
        assert_eq!(Client::new(&settings, &headers).network(), "198.51.100.2");
        headers.append("x-real-ip", "203.0.113.7".parse().unwrap());
        assert_eq!(Client::new(&settings, &headers).network(), "203.0.113.7");
    }

    #[test]
    fn a_long_user_agent_is_cut() {
        let headers = [(header::USER_AGENT, "a".repeat(600).parse().unwrap())].into_iter().collect();
        let client = Client::new(&settings::example(), &headers);
        assert_eq!(client.user_agent.unwrap().len(), 512);
    }
}
