//! At which origin the sender of a request reaches the app: issuer and audience of its tokens, the origin of its page, the
//! start of every address that an answer names.
//!
//! An operator says it in the variable `public_url`; then nothing counts that a request says. Without it the app is for the
//! machine it runs on, which has several names for itself, and each of them is an origin of its own: the request's `Host`
//! says which one. Another name is never believed, since a page can make its own name point here (DNS rebinding).

mod forwarded;

use std::sync::OnceLock;

use http::{HeaderMap, Uri, header};
use problem_details::{Kind, Problem};
use spin_sdk::variables;
use web_origin::Origin;

use crate::{Context, chained::is_chained};

pub use forwarded::{FORWARDED, forwarded};

/// When an operator may have corrected a setting, in seconds.
const RETRY_AFTER_SECONDS: u32 = 30;

/// The app's own origin, as the sender of this request knows it.
///
/// # Errors
/// 403 when the request calls the app by a name that it was not told of; 503 when `public_url` can't be used.
pub async fn own_origin(context: &Context, headers: &HeaderMap) -> Result<Origin, Problem> {
    match public_url().await? {
        Some(origin) => Ok(origin.clone()),
        None => local_origin(&context.uri, headers),
    }
}

/// Whether the operator says that people reach the app over TLS.
pub(crate) async fn is_https() -> bool {
    matches!(public_url().await, Ok(Some(origin)) if origin.is_https())
}

/// What the operator says, read once in the life of an instance.
async fn public_url() -> Result<Option<&'static Origin>, Problem> {
    static PUBLIC_URL: OnceLock<Option<Origin>> = OnceLock::new();
    if let Some(known) = PUBLIC_URL.get() {
        return Ok(known.as_ref());
    }
    let text = match variables::get("public_url").await {
        Ok(text) => text,
        Err(variables::Error::Undefined(_)) => String::new(),
        Err(error) => return Err(unusable(&error)),
    };
    let origin = match text.trim() {
        "" => None,
        url => Some(Origin::new(url).map_err(|error| unusable(&error))?),
    };
    Ok(PUBLIC_URL.get_or_init(|| origin).as_ref())
}

fn unusable(error: &dyn std::fmt::Display) -> Problem {
    log::error!("the variable public_url can't be used: {error}");
    Problem::new(Kind::Unavailable).retry_after(RETRY_AFTER_SECONDS)
}

/// The name of this machine that a request uses. One that a component of the app sends says for whom, in `Forwarded`.
fn local_origin(uri: &Uri, headers: &HeaderMap) -> Result<Origin, Problem> {
    let called = called(uri, headers);
    let origin = match &called {
        Some(inside) if is_chained(inside.host(), headers) => forwarded::read(headers),
        _ => called.clone(),
    };
    origin.filter(Origin::is_loopback).ok_or_else(|| unknown_name(called.as_ref()))
}

/// By what name a request calls the app: its URI and its `Host` say the same, or it says nothing.
fn called(uri: &Uri, headers: &HeaderMap) -> Option<Origin> {
    let origin =
        |authority: &str| Origin::new(&format!("{}://{authority}", uri.scheme_str().unwrap_or("http"))).ok();
    let mut hosts = headers.get_all(header::HOST).iter();
    match (uri.authority(), hosts.next(), hosts.next()) {
        (Some(authority), None, _) => origin(authority.as_str()),
        (None, Some(host), None) => origin(host.to_str().ok()?),
        (Some(authority), Some(host), None) => origin(authority.as_str())
            .filter(|named| origin(host.to_str().unwrap_or_default()).as_ref() == Some(named)),
        _ => None,
    }
}

fn unknown_name(called: Option<&Origin>) -> Problem {
    let address = called.map_or("http://192.0.2.7:3000", Origin::as_str);
    let detail = format!(
        "The app was not told of the address it is called by. If people are to use it, start the app with \
         `--variable public_url={address}`; without that it answers on its own machine alone, at http://localhost and its port."
    );
    Problem::with_detail(Kind::HostNotAllowed, detail)
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;

    fn origin(uri: &str, headers: &[(HeaderName, &str)]) -> Result<String, Problem> {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap()))
            .collect();
        local_origin(&uri.parse().unwrap(), &headers).map(|origin| origin.to_string())
    }

    fn at(host: &str) -> Result<String, Problem> {
        origin("/mcp", &[(header::HOST, host)])
    }

    #[test]
    fn each_name_of_this_machine_is_an_origin_of_its_own() {
        for (host, expected) in [
            ("localhost:3000", "http://localhost:3000"),
            ("LocalHost:3000", "http://localhost:3000"),
            ("127.0.0.1:3000", "http://127.0.0.1:3000"),
            ("127.0.0.1", "http://127.0.0.1"),
            ("[::1]:8080", "http://[::1]:8080"),
            ("localhost:80", "http://localhost"),
        ] {
            assert_eq!(at(host).unwrap(), expected);
            assert_eq!(origin(&format!("http://{host}/mcp"), &[]).unwrap(), expected);
            assert_eq!(origin(&format!("http://{host}/mcp"), &[(header::HOST, host)]).unwrap(), expected);
        }
        assert_eq!(origin("https://localhost:3443/", &[]).unwrap(), "https://localhost:3443");
    }

    #[test]
    fn no_other_name_is_believed() {
        for host in [
            "evil.example",
            "evil.example:3000",
            "localhost.evil.example:3000",
            "127.0.0.1.evil.example",
            "192.168.1.7:3000",
            "0.0.0.0:3000",
            "[::]:3000",
            "localhost@evil.example",
            "evil.example#localhost",
            "localhost:port",
            "",
        ] {
            let problem = at(host).unwrap_err();
            assert_eq!((problem.kind, problem.status().as_u16()), (Kind::HostNotAllowed, 403), "{host}");
            assert!(problem.sentence().contains("public_url"), "{host}");
        }
        assert!(
            at("192.168.1.7:3000").unwrap_err().sentence().contains("public_url=http://192.168.1.7:3000")
        );
    }

    #[test]
    fn a_request_that_says_two_things_or_nothing_is_not_believed() {
        let (host, name) = (header::HOST, "localhost:3000");
        assert!(origin("/", &[]).is_err());
        assert!(origin("/", &[(host.clone(), name), (host.clone(), name)]).is_err());
        assert!(origin("http://localhost:3000/", &[(host.clone(), "evil.example")]).is_err());
        assert!(origin("http://evil.example/", &[(host.clone(), name)]).is_err());
        assert!(origin("http://localhost:3000/", &[(host, "127.0.0.1:3000")]).is_err());
    }

    #[test]
    fn a_component_says_for_whom_it_calls_and_nobody_else_is_asked() {
        let inside = "http://mcp.spin.internal/mcp";
        for address in ["http://localhost:3000", "http://[::1]:3000", "https://127.0.0.1"] {
            let said = forwarded(&Origin::new(address).unwrap());
            assert_eq!(origin(inside, &[(FORWARDED, &said)]).unwrap(), address);
        }
        for said in ["host=\"evil.example\";proto=http", "host=mcp.spin.internal;proto=http", ""] {
            assert!(origin(inside, &[(FORWARDED, said)]).is_err(), "{said}");
        }
        assert!(origin(inside, &[]).is_err());
        let client = (HeaderName::from_static("spin-client-addr"), "127.0.0.1:50000");
        let said = forwarded(&Origin::new("http://localhost:3000").unwrap());
        assert!(origin(inside, &[(FORWARDED, &said), client]).is_err(), "a client is no component");
        let said = "host=\"localhost:3000\";proto=http";
        assert!(origin("http://evil.example/mcp", &[(FORWARDED, said)]).is_err());
        assert_eq!(
            origin("http://127.0.0.1:3000/mcp", &[(FORWARDED, said)]).unwrap(),
            "http://127.0.0.1:3000",
            "from outside it means nothing"
        );
    }
}
