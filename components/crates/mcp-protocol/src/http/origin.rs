//! Which web pages may call (2026-07-28, Streamable HTTP, "Security & Endpoint"): a page of another site must not
//! reach a server through its user's browser.

use http::{HeaderMap, header};

/// The other origins whose pages may call. Programs send no `Origin` header and are not concerned.
#[derive(Clone, Debug, Default)]
pub struct AllowedOrigins(Vec<String>);

impl AllowedOrigins {
    /// Takes origins such as `https://todo.example`; a path or a final slash is left out.
    pub fn new<'a>(origins: impl IntoIterator<Item = &'a str>) -> Self {
        Self(origins.into_iter().filter_map(serialised).collect())
    }

    /// Whether the request comes from a page of the server's own origin, from an allowed one, or from no page at all.
    #[must_use]
    pub fn allow(&self, own: &str, headers: &HeaderMap) -> bool {
        let mut origins = headers.get_all(header::ORIGIN).iter();
        match (origins.next(), origins.next()) {
            (None, _) => true,
            // Compared whole: `http://localhost.evil.example` begins like an origin one may trust.
            (Some(origin), None) => {
                let others = self.0.iter().map(String::as_str);
                std::iter::once(own).chain(others).any(|allowed| allowed.as_bytes() == origin.as_bytes())
            }
            _ => false,
        }
    }
}

/// An origin as browsers write it (RFC 6454, section 6.2): lower case, without its scheme's own port.
fn serialised(origin: &str) -> Option<String> {
    let (scheme, rest) = origin.trim().split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let (scheme, authority) = (scheme.to_ascii_lowercase(), authority.to_ascii_lowercase());
    let own_port = match scheme.as_str() {
        "http" => ":80",
        "https" => ":443",
        _ => "",
    };
    let authority = authority.strip_suffix(own_port).unwrap_or(&authority);
    (!authority.is_empty()).then(|| format!("{scheme}://{authority}"))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    /// The server's own origin.
    const OWN: &str = "http://127.0.0.1:3000";

    fn from(origins: &[&str]) -> HeaderMap {
        origins.iter().map(|origin| (header::ORIGIN, HeaderValue::from_str(origin).unwrap())).collect()
    }

    #[test]
    fn only_whole_origins_count() {
        let allowed = AllowedOrigins::new([
            "http://localhost:3000/",
            "HTTPS://Todo.Example:443",
            "https://a.example:8443",
        ]);
        for origin in [OWN, "http://localhost:3000", "https://todo.example", "https://a.example:8443"] {
            assert!(allowed.allow(OWN, &from(&[origin])), "{origin}");
        }
        for origin in [
            "http://localhost:3000.evil.example",
            "http://127.0.0.1:3001",
            "http://localhost:30000",
            "http://localhost",
            "https://localhost:3000",
            "http://todo.example",
            "https://todo.example:443",
            "https://a.example",
            "https://todo.example/",
            "null",
            "",
            "*",
        ] {
            assert!(!allowed.allow(OWN, &from(&[origin])), "{origin}");
        }
    }

    #[test]
    fn a_program_has_no_origin_and_two_are_a_lie() {
        let allowed = AllowedOrigins::new(["http://localhost:3000"]);
        assert!(allowed.allow(OWN, &HeaderMap::new()));
        assert!(!allowed.allow(OWN, &from(&["http://localhost:3000", "http://localhost:3000"])));
        assert!(!AllowedOrigins::new(["", "://", "http://"]).allow(OWN, &from(&[""])));
    }
}
