//! Under which names the server may be called: a page whose own name has been made to point here (DNS rebinding) calls
//! it by that name, and is refused.

use http::{HeaderMap, Uri, header};

/// Names of this server. Ports make no difference: whoever can choose the name can choose the port.
#[derive(Clone, Debug, Default)]
pub struct AllowedHosts(Vec<String>);

/// What only this machine is called.
const ALWAYS: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

impl AllowedHosts {
    /// Takes host names, or URLs that have one.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self(names.into_iter().filter_map(name_of).collect())
    }

    /// Whether the request calls the server by one of its names. A request without any comes from no browser.
    #[must_use]
    pub fn allow(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(header::HOST).iter();
        let (first, second) = (hosts.next(), hosts.next());
        let in_header = first.map(|host| host.to_str().ok().and_then(name_of));
        match (in_header, second) {
            (_, Some(_)) | (Some(None), _) => false,
            (Some(Some(name)), None) => self.has(&name),
            (None, None) => uri.host().is_none_or(|host| self.has(&host.to_ascii_lowercase())),
        }
    }

    fn has(&self, name: &str) -> bool {
        ALWAYS.contains(&name) || self.0.iter().any(|known| known == name)
    }
}

/// The name in a host with or without a port, or in a URL; in lower case.
fn name_of(text: &str) -> Option<String> {
    let text = text.trim();
    let authority = text.split_once("://").map_or(text, |(_, rest)| rest).split('/').next()?;
    let (name, port) = match authority.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port),
        _ => (authority, "0"),
    };
    let is_name = !name.is_empty()
        && port.parse::<u16>().is_ok()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._[]:".contains(&byte))
        && (!name.contains(':') || name.starts_with('['));
    is_name.then(|| name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(host: &str) -> bool {
        let headers = [(header::HOST, host.parse().unwrap())].into_iter().collect();
        AllowedHosts::new(["https://Todo.example:8443/", "todo.svc"])
            .allow(&Uri::from_static("/mcp"), &headers)
    }

    #[test]
    fn the_servers_own_names_are_allowed_whatever_the_port() {
        for host in [
            "todo.example",
            "TODO.example:8443",
            "todo.svc:80",
            "localhost:3000",
            "127.0.0.1:3000",
            "[::1]:3000",
            "[::1]",
        ] {
            assert!(allows(host), "{host}");
        }
    }

    #[test]
    fn any_other_name_is_refused() {
        for host in [
            "evil.example",
            "evil.example:3000",
            "localhost.evil.example",
            "todo.example.evil.example",
            "xtodo.example",
            "127.0.0.1.evil.example",
            "",
            ":3000",
            "todo.example:port",
            "a b",
            "::1",
            "todo.example@evil.example",
            "mcp.spin.internal",
        ] {
            assert!(!allows(host), "{host}");
        }
    }

    #[test]
    fn the_address_counts_where_there_is_no_header_and_two_headers_are_a_lie() {
        let allowed = AllowedHosts::new([]);
        assert!(allowed.allow(&Uri::from_static("http://localhost/mcp"), &HeaderMap::new()));
        assert!(!allowed.allow(&Uri::from_static("http://evil.example/mcp"), &HeaderMap::new()));
        let mut two = HeaderMap::new();
        two.append(header::HOST, "localhost".parse().unwrap());
        two.append(header::HOST, "localhost".parse().unwrap());
        assert!(!allowed.allow(&Uri::from_static("/mcp"), &two));
    }
}
