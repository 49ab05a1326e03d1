//! Where a person is sent back to: which addresses a program may register, and which of them a request means.

use url::{Host, Url};

/// The longest address, in bytes.
const MAX_BYTES: usize = 2048;

/// Schemes that are no program of the person's own: they run something, show something as this site's, or lead into the browser.
const FORBIDDEN_SCHEMES: [&str; 22] = [
    "about",
    "blob",
    "chrome",
    "content",
    "cid",
    "data",
    "edge",
    "feed",
    "file",
    "filesystem",
    "ftp",
    "gopher",
    "intent",
    "jar",
    "javascript",
    "mailto",
    "resource",
    "tel",
    "vbscript",
    "view-source",
    "ws",
    "wss",
];

/// Whether a program may register the address: `https`; `http` at this machine's own names (RFC 8252, section 7.3); or a
/// scheme of its own, which the program's installation claims (section 7.1).
pub fn may_be_registered(uri: &str) -> bool {
    let is_text = uri.len() <= MAX_BYTES && uri.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let Some(url) = is_text.then(|| Url::parse(uri).ok()).flatten() else { return false };
    // A fragment is where the browser would keep what comes back (RFC 6749, section 3.1.2); a name before `@` passes for a host.
    if uri.contains('#') || !url.username().is_empty() || url.password().is_some() {
        return false;
    }
    match url.scheme() {
        "https" => url.host().is_some(),
        "http" => is_loopback(&url),
        scheme => scheme.len() > 1 && !FORBIDDEN_SCHEMES.contains(&scheme),
    }
}

/// Whether a request's address is one that was registered: letter by letter (RFC 9700, section 4.1.3), but for the port of an
/// address on this machine, which a program gets when it starts (RFC 8252, section 7.3).
pub fn is_registered(uri: &str, registered: &[String]) -> bool {
    registered.iter().any(|known| known == uri || differ_in_port_alone(known, uri))
}

fn differ_in_port_alone(known: &str, uri: &str) -> bool {
    let (Ok(known), Ok(mut asked)) = (Url::parse(known), Url::parse(uri)) else { return false };
    // Written as every reader reads it, but for the slash behind a host.
    let is_plain = asked.as_str() == uri || asked.as_str().strip_suffix('/') == Some(uri);
    is_plain
        && may_be_registered(uri)
        && known.scheme() == "http"
        && is_loopback(&known)
        && asked.set_port(known.port()).is_ok()
        && known == asked
}

/// Whether the address leads to the person's own machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.octets() == [127, 0, 0, 1],
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Where an address leads, in words for a person, and whether that is their own machine.
pub fn destination(uri: &str) -> (String, bool) {
    match Url::parse(uri) {
        Ok(url) if is_loopback(&url) => ("a program on this computer".to_owned(), true),
        Ok(url) if url.scheme() == "https" => (url.host_str().unwrap_or_default().to_owned(), false),
        Ok(url) => (format!("the program on this device that opens {}: links", url.scheme()), true),
        Err(_) => (String::new(), false),
    }
}

/// The address with these parameters added to its query.
pub fn with_parameters(uri: &str, parameters: &[(&str, &str)]) -> Option<String> {
    let mut url = Url::parse(uri).ok()?;
    url.query_pairs_mut().extend_pairs(parameters);
    Some(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_over_tls_on_this_machine_or_of_a_scheme_of_its_own_may_be_registered() {
        for uri in [
            "https://claude.ai/api/mcp/auth_callback",
            "https://app.example:8443/callback?x=1",
            "http://localhost:6274/oauth/callback",
            "http://127.0.0.1/",
            "http://127.0.0.1:33418",
            "http://[::1]:4000/cb",
            "cursor://anysphere.cursor-mcp/oauth/callback",
            "com.example.app:/callback",
        ] {
            assert!(may_be_registered(uri), "{uri}");
        }
    }

    #[test]
    fn an_address_that_leads_elsewhere_may_not() {
        let long = format!("https://a.example/{}", "x".repeat(2048));
        for uri in [
            "",
            "callback",
            "/callback",
            "//evil.example",
            "http://evil.example/",
            "http://localhost.evil.example/",
            "http://127.0.0.1.evil.example/",
            "http://127.0.0.2/",
            "http://0.0.0.0/",
            "http://localhost@evil.example/",
            "https://user:password@app.example/",
            "https://app.example/#fragment",
            "https://app.example/#",
            "https://",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "blob:https://app.example/x",
            "view-source:https://app.example",
            "intent://x",
            "https://app.example/a b",
            "https://app.example/\\evil",
            "https://app.example/\n",
            "https://äpp.example/",
            &long,
        ] {
            assert!(!may_be_registered(uri), "{uri}");
        }
    }

    #[test]
    fn a_request_means_what_was_registered_letter_by_letter() {
        let registered = ["https://app.example/callback".to_owned(), "cursor://x/callback".to_owned()];
        assert!(is_registered("https://app.example/callback", &registered));
        assert!(is_registered("cursor://x/callback", &registered));
        for uri in [
            "https://app.example/callback/",
            "https://app.example/callback?x=1",
            "https://app.example/Callback",
            "https://APP.example/callback",
            "https://app.example:443/callback",
            "https://app.example:8443/callback",
            "https://app.example/callback/../other",
            "https://app.example.evil.example/callback",
            "http://app.example/callback",
            "https://app.example/%63allback",
            "cursor://x/callback2",
            "",
        ] {
            assert!(!is_registered(uri, &registered), "{uri}");
        }
    }

    #[test]
    fn a_program_on_this_machine_may_come_back_on_any_port() {
        let registered = ["http://127.0.0.1/".to_owned(), "http://localhost:6274/cb".to_owned()];
        for uri in [
            "http://127.0.0.1:33418/",
            "http://127.0.0.1:33418",
            "http://localhost:1234/cb",
            "http://localhost/cb",
        ] {
            assert!(is_registered(uri, &registered), "{uri}");
        }
        for uri in [
            "http://localhost:33418/",
            "http://127.0.0.1:6274/cb",
            "https://localhost:6274/cb",
            "http://localhost:6274/cb/x",
            "http://localhost:6274/cb?x=1",
            "http://[::1]:6274/cb",
            "http://a@localhost:6274/cb",
            "http://localhost:6274/x/../cb",
        ] {
            assert!(!is_registered(uri, &registered), "{uri}");
        }
    }

    #[test]
    fn what_comes_back_is_added_to_the_query() {
        let sent = with_parameters(
            "https://app.example/cb?x=1",
            &[("code", "a b&c"), ("iss", "https://todo.example")],
        );
        assert_eq!(sent.unwrap(), "https://app.example/cb?x=1&code=a+b%26c&iss=https%3A%2F%2Ftodo.example");
        assert_eq!(with_parameters("cursor://x/cb", &[("code", "a")]).unwrap(), "cursor://x/cb?code=a");
    }
}
