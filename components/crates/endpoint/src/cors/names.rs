//! Every header that a component names is one that pages of allowed origins can read, or is listed here with the reason why
//! they need not.

use std::collections::BTreeSet;
use std::env;
use std::path::{Path, PathBuf};

use super::EXPOSED;

/// What every page may read (Fetch standard, section 2.2.2).
const SAFELISTED: [&str; 7] = [
    "cache-control",
    "content-language",
    "content-length",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
];

/// Sent by clients, and by components that call others; no answer has them.
const OF_REQUESTS: [&str; 25] = [
    "accept",
    "accept-encoding",
    "access-control-request-method",
    "authorization",
    "content-encoding",
    "cookie",
    "expect",
    "forwarded",
    "host",
    "idempotency-key",
    "if-match",
    "if-none-match",
    "mcp-method",
    "mcp-name",
    "mcp-protocol-version",
    "origin",
    "referer",
    "spin-client-addr",
    "time-zone",
    "traceparent",
    "user-agent",
    "webhook-id",
    "webhook-signature",
    "webhook-timestamp",
    "x-postmark-server-token",
];

/// For browsers, caches and proxies: a page does nothing with them.
const OF_THE_TRANSPORT: [&str; 15] = [
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-allow-origin",
    "access-control-expose-headers",
    "access-control-max-age",
    "content-security-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "referrer-policy",
    "set-cookie",
    "strict-transport-security",
    "vary",
    "x-accel-buffering",
    "x-content-type-options",
];

/// Exposed by `identity` itself, on the answers that have them, as Better Auth does.
const EXPOSED_BY_IDENTITY: [&str; 3] = ["set-auth-jwt", "set-auth-token", "x-retry-after"];

/// Where header names are written in the source.
const MARKS: [&str; 4] =
    ["HeaderName::from_static(\"", "headers.insert(\"", "headers_mut().insert(\"", ".header(\""];

#[test]
fn a_page_can_read_every_header_that_the_app_sets_for_it() {
    let exposed: BTreeSet<&str> = EXPOSED.split(',').map(str::trim).collect();
    let mut named = BTreeSet::new();
    for file in sources(&Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap()).join("../..")) {
        let text = std::fs::read_to_string(&file).unwrap();
        // What tests name at the end of a file is no header of an answer.
        collect(text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default(), &mut named);
    }
    assert!(named.len() > 30, "{named:?}");
    let unknown: Vec<&String> = named
        .iter()
        .filter(|name| {
            let name = name.as_str();
            !exposed.contains(name)
                && !SAFELISTED.contains(&name)
                && !OF_REQUESTS.contains(&name)
                && !OF_THE_TRANSPORT.contains(&name)
                && !EXPOSED_BY_IDENTITY.contains(&name)
        })
        .collect();
    assert!(unknown.is_empty(), "expose these in cors/mod.rs, or say here why not: {unknown:?}");
}

#[test]
fn what_is_exposed_is_set_somewhere() {
    let mut named = BTreeSet::new();
    for file in sources(&Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap()).join("../..")) {
        collect(&std::fs::read_to_string(&file).unwrap(), &mut named);
    }
    for name in EXPOSED.split(',').map(str::trim) {
        assert!(named.contains(name), "{name}");
    }
}

/// The Rust files of components, without those that are tests.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() && !["tests", "benches", "models", "target"].contains(&name) {
            found.extend(sources(&path));
        } else if name.ends_with(".rs") && name != "tests.rs" && name != "names.rs" {
            found.push(path);
        }
    }
    found
}

/// The names of headers in a source text: constants of `http::header`, and names in quotes where one is made or set.
fn collect(text: &str, names: &mut BTreeSet<String>) {
    for (place, mark) in text.match_indices("header::") {
        let rest = text.get(place + mark.len()..).unwrap_or_default();
        let constant: String = rest
            .chars()
            .take_while(|character| character.is_ascii_uppercase() || matches!(character, '_' | '0'..='9'))
            .collect();
        // `header::HeaderName` is no constant.
        if constant.len() > 2 {
            names.insert(constant.to_ascii_lowercase().replace('_', "-"));
        }
    }
    for mark in MARKS {
        for (place, _) in text.match_indices(mark) {
            let rest = text.get(place + mark.len()..).unwrap_or_default();
            names.extend(rest.split('"').next().map(str::to_ascii_lowercase));
        }
    }
}
