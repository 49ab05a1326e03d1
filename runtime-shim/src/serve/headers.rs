//! The `spin-*` headers a component gets with its request.

use super::routes::Matched;
use http::{HeaderMap, HeaderName, HeaderValue, Version, header, request::Parts};
use std::net::SocketAddr;

const BASE_PATH: HeaderName = HeaderName::from_static("spin-base-path");
const CLIENT_ADDR: HeaderName = HeaderName::from_static("spin-client-addr");
const COMPONENT_ROUTE: HeaderName = HeaderName::from_static("spin-component-route");
const FULL_URL: HeaderName = HeaderName::from_static("spin-full-url");
const MATCHED_ROUTE: HeaderName = HeaderName::from_static("spin-matched-route");
const PATH_INFO: HeaderName = HeaderName::from_static("spin-path-info");
const RAW_COMPONENT_ROUTE: HeaderName = HeaderName::from_static("spin-raw-component-route");

/// Replaces whatever `spin-*` headers the client sent by those of its route.
pub fn set_spin_headers(parts: &mut Parts, matched: &Matched<'_>, client: Option<SocketAddr>) {
    let full_url = parts.uri.to_string();
    let headers = &mut parts.headers;
    remove_spin_headers(headers);
    let component_route = matched.route.strip_suffix("/...").unwrap_or(matched.route);
    headers.insert(BASE_PATH, HeaderValue::from_static("/"));
    insert(headers, PATH_INFO, &matched.rest);
    insert(headers, FULL_URL, &full_url);
    insert(headers, MATCHED_ROUTE, matched.route);
    insert(headers, RAW_COMPONENT_ROUTE, matched.route);
    insert(headers, COMPONENT_ROUTE, component_route);
    if let Some(client) = client {
        insert(headers, CLIENT_ADDR, &client.to_string());
    }
    for (name, value) in &matched.named {
        if let Ok(name) = HeaderName::try_from(format!("spin-path-match-{}", name.to_ascii_lowercase())) {
            insert(headers, name, value);
        }
    }
}

/// Headers with this meaning come from the host only.
pub fn remove_spin_headers(headers: &mut HeaderMap) {
    let given: Vec<HeaderName> =
        headers.keys().filter(|n| n.as_str().starts_with("spin-")).cloned().collect();
    for name in given {
        headers.remove(name);
    }
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// Gives a request from the network the scheme and authority its URI lacks. HTTP/1.0 knows no `Host`: what comes without one
/// is for `local`, the address it came to. `None` when there is no usable host, or more than one (RFC 9112, 3.2), or a
/// transfer coding other than `chunked` (RFC 9112, 6.1).
pub fn make_absolute(parts: &mut Parts, local: Option<SocketAddr>) -> Option<()> {
    let mut hosts = parts.headers.get_all(header::HOST).iter();
    let (host, another) = (hosts.next(), hosts.next());
    let mut codings = parts.headers.get_all(header::TRANSFER_ENCODING).iter();
    let is_chunked = codings.all(|coding| coding.as_bytes().eq_ignore_ascii_case(b"chunked"));
    if another.is_some()
        || !is_chunked
        || parts.headers.get_all(header::TRANSFER_ENCODING).iter().nth(1).is_some()
    {
        return None;
    }
    if parts.uri.authority().is_some() && parts.uri.scheme().is_some() {
        return Some(());
    }
    let authority = match (parts.uri.authority(), host) {
        (Some(authority), _) => authority.clone(),
        (None, Some(host)) => host.to_str().ok()?.parse().ok()?,
        (None, None) if parts.version == Version::HTTP_10 => local?.to_string().parse().ok()?,
        (None, None) => return None,
    };
    let mut uri = std::mem::take(&mut parts.uri).into_parts();
    uri.scheme = Some(http::uri::Scheme::HTTP);
    uri.authority = Some(authority);
    if uri.path_and_query.is_none() {
        uri.path_and_query = Some(http::uri::PathAndQuery::from_static("/"));
    }
    parts.uri = http::Uri::from_parts(uri).ok()?;
    Some(())
}
