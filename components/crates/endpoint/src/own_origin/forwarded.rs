//! For whom one component of the app calls another: the header `Forwarded` (RFC 7239, section 4).

use http::{HeaderMap, HeaderName, header};
use web_origin::Origin;

/// Its name.
pub const FORWARDED: HeaderName = header::FORWARDED;

/// Its value: the origin at which the person, or their program, reaches the app.
#[must_use]
pub fn forwarded(origin: &Origin) -> String {
    format!("host=\"{}\";proto={}", origin.authority(), origin.scheme())
}

/// The origin that it names, where it has one element with both parts.
pub(super) fn read(headers: &HeaderMap) -> Option<Origin> {
    let mut values = headers.get_all(FORWARDED).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return None };
    let (mut host, mut proto) = (None, None);
    for pair in value.to_str().ok()?.split(';') {
        let (name, value) = pair.trim().split_once('=')?;
        let part = match name.to_ascii_lowercase().as_str() {
            "host" => &mut host,
            "proto" => &mut proto,
            _ => continue,
        };
        if part.replace(value.trim_matches('"')).is_some() {
            return None;
        }
    }
    Origin::new(&format!("{}://{}", proto?, host?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_values(values: &[&str]) -> Option<String> {
        let headers = values.iter().map(|value| (FORWARDED, value.parse().unwrap())).collect();
        read(&headers).map(|origin| origin.to_string())
    }

    #[test]
    fn what_is_written_is_read_back() {
        for address in ["http://localhost:3000", "https://todo.example", "http://[::1]:3000"] {
            let origin = Origin::new(address).unwrap();
            assert_eq!(read_values(&[&forwarded(&origin)]).as_deref(), Some(address));
        }
        let others = "for=192.0.2.43; Host=localhost:3000; PROTO=http; by=_x";
        assert_eq!(read_values(&[others]).as_deref(), Some("http://localhost:3000"));
    }

    #[test]
    fn several_proxies_and_half_an_address_name_nothing() {
        let good = "host=localhost;proto=http";
        for values in [
            &["host=localhost"][..],
            &["proto=http"],
            &["host=localhost;proto=http, host=evil.example;proto=http"],
            &["host=localhost;proto=http;host=evil.example"],
            &["host=localhost;proto=gopher"],
            &["localhost"],
            &[""],
            &[good, good],
            &[],
        ] {
            assert_eq!(read_values(values), None, "{values:?}");
        }
    }
}
