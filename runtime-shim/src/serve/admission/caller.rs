//! Who sends a request, as far as that matters for sharing.

use http::{HeaderMap, header};
use std::hash::{BuildHasher, Hash, RandomState};
use std::net::IpAddr;
use std::sync::OnceLock;

/// A caller: whoever shows the same credentials, or comes from the same address without any. What the credentials are worth is
/// for the component to find out; here they only tell callers apart, and who makes up many is still at one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Caller {
    /// Stands for the credentials, or the address.
    pub who: u64,
    /// Stands for the address.
    pub address: u64,
}

impl Caller {
    /// The caller who sent these headers from there.
    pub fn identify(headers: &HeaderMap, address: Option<IpAddr>) -> Self {
        let from = hash(&address);
        let who = match headers.get(header::AUTHORIZATION).or_else(|| headers.get(header::COOKIE)) {
            Some(credentials) => hash(credentials.as_bytes()),
            None => from,
        };
        Self { who, address: from }
    }
}

fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    static KEYS: OnceLock<RandomState> = OnceLock::new();
    KEYS.get_or_init(RandomState::new).hash_one(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn caller(name: http::HeaderName, value: &'static str, address: [u8; 4]) -> u64 {
        let headers = HeaderMap::from_iter([(name, HeaderValue::from_static(value))]);
        Caller::identify(&headers, Some(IpAddr::from(address))).who
    }

    #[test]
    fn credentials_tell_callers_apart_and_addresses_do_where_there_are_none() {
        let (here, there) = ([10, 0, 0, 1], [10, 0, 0, 2]);
        let ann = caller(header::AUTHORIZATION, "Bearer a", here);
        assert_eq!(ann, caller(header::AUTHORIZATION, "Bearer a", there));
        assert_ne!(ann, caller(header::AUTHORIZATION, "Bearer b", here));
        assert_ne!(caller(header::COOKIE, "a=1", here), caller(header::COOKIE, "a=2", here));
        assert_eq!(caller(header::ACCEPT, "a", here), caller(header::ACCEPT, "b", here));
        assert_ne!(caller(header::ACCEPT, "a", here), caller(header::ACCEPT, "a", there));
    }
}
