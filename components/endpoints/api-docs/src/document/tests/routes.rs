//! What an endpoint serves it describes in its own folder, and what it describes there it serves.

use std::collections::BTreeSet;
use std::env;
use std::path::Path;

use endpoint::routing::Route;
use http::Method;
use serde_json::{Value, json};

use super::super::{DESCRIPTIONS, merge};
use super::operations;

type Operations = BTreeSet<(String, String)>;

fn listed<T>(table: &[Route<T>]) -> Operations {
    table.iter().map(|route| (route.method.to_string(), route.template.to_owned())).collect()
}

fn named(routes: Vec<(Method, &str)>) -> Operations {
    routes.into_iter().map(|(method, path)| (method.to_string(), path.to_owned())).collect()
}

/// What MCP's paths take. A path with a slash at its end is the same path; HEAD is a GET, and OPTIONS is answered everywhere.
fn mcp() -> Operations {
    let paths = mcp::routes::PATHS.iter().flat_map(|(path, allow)| {
        let methods = allow.split(", ").filter(|method| !["HEAD", "OPTIONS"].contains(method));
        methods.map(|method| (method.to_owned(), path.trim_end_matches('/').to_owned()))
    });
    paths.collect()
}

/// What each endpoint serves. The page's files, which web-ui serves, are no operations; what oauth serves is described by the RFCs
/// that its metadata follows, and named there; ChatKit's protocol, which chat serves as well, by its official types.
fn served() -> Vec<(&'static str, Operations)> {
    vec![
        ("api-docs", listed(&crate::routes::ROUTES)),
        ("calendar-feed", listed(&calendar_feed::routes::ROUTES)),
        ("chat", named(chat::routes::list_routes())),
        ("health", listed(&health::routes::ROUTES)),
        ("identity", named(identity::routes::list_routes())),
        ("mcp", mcp()),
        ("reminder-sender", named(reminder_sender::routes::list_routes())),
        ("rest-api", listed(rest_api::routes::ROUTES)),
    ]
}

/// What the files in an endpoint's folder describe.
fn described(endpoint: &str) -> Operations {
    let mut document = json!({ "paths": {} });
    for (_, text) in DESCRIPTIONS.iter().filter(|(name, _)| name.split('/').next() == Some(endpoint)) {
        merge::into(&mut document, serde_json::from_str(text).unwrap());
    }
    operations(&document)
}

#[test]
fn an_endpoint_describes_what_it_serves_and_nothing_else() {
    for (endpoint, served) in served() {
        let described = described(endpoint);
        let missing: Vec<_> = served.difference(&described).collect();
        assert!(
            missing.is_empty(),
            "{endpoint} serves what {endpoint}/openapi does not describe: {missing:?}"
        );
        let invented: Vec<_> = described.difference(&served).collect();
        assert!(invented.is_empty(), "{endpoint}/openapi describes what is not served: {invented:?}");
    }
}

#[test]
fn no_endpoint_is_left_out() {
    let manifest = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap()).join("../../../spin.toml");
    let manifest: toml::Value = toml::from_str(&std::fs::read_to_string(manifest).unwrap()).unwrap();
    let triggers = manifest["trigger"]["http"].as_array().unwrap();
    // A route that is private to the app is called by its components alone.
    let routed: BTreeSet<&str> = triggers
        .iter()
        .filter(|trigger| trigger["route"].is_str())
        .filter_map(|trigger| trigger["component"].as_str())
        .filter(|component| !["web-ui", "oauth"].contains(component))
        .collect();
    assert_eq!(routed, served().iter().map(|(endpoint, _)| *endpoint).collect());
    let described = DESCRIPTIONS.iter().filter_map(|(name, _)| name.split('/').next());
    assert_eq!(described.collect::<BTreeSet<_>>(), routed);
}

#[test]
fn an_operation_or_a_component_is_described_once() {
    let mut places = BTreeSet::new();
    for (file, text) in DESCRIPTIONS {
        let description: Value = serde_json::from_str(text).unwrap();
        let mut found: Vec<String> =
            operations(&description).iter().map(|(method, path)| format!("{method} {path}")).collect();
        for (kind, components) in description["components"].as_object().into_iter().flatten() {
            found.extend(components.as_object().unwrap().keys().map(|name| format!("{kind}/{name}")));
        }
        for place in found {
            assert!(places.insert(place.clone()), "{file} describes {place} again");
        }
    }
    assert!(places.len() > 60);
}
