//! What handlers answer is in the document: the rows of bad input that the product's tests send, and the statuses and kinds
//! of problems that the endpoints' code names.

use std::collections::BTreeSet;
use std::env;
use std::path::{Path, PathBuf};

use endpoint::Kind;
use http::StatusCode;
use serde_json::Value;

use super::super::{DESCRIPTIONS, METHODS, build};
use super::is_refusal_of_chatkit;

/// What any path answers: to a method that it does not take, and to a version that was sent by other means than `If-Match`.
const ANYWHERE: [&str; 2] = ["method-not-allowed", "version-conflict"];

/// What an endpoint names and answers otherwise, or at no path that is one of its operations.
const NO_ANSWERS: [(&str, &str); 3] = [
    // As Better Auth does: `invalid-account-data`.
    ("identity", "invalid-input"),
    // As the result of a tool.
    ("mcp", "invalid-input"),
    // Below `/.well-known/oauth-protected-resource`.
    ("mcp", "not-found"),
];

fn repository() -> PathBuf {
    Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap()).join("../../..")
}

/// The path of the document that a request's path is: words count before braces.
fn template<'d>(document: &'d Value, path: &str) -> Option<&'d str> {
    let segments: Vec<&str> = path.split('?').next()?.split('/').collect();
    let fits = |template: &&String| {
        let expected: Vec<&str> = template.split('/').collect();
        let fits = |(expected, found): (&&str, &&str)| {
            expected == found || (expected.starts_with('{') && !found.is_empty())
        };
        expected.len() == segments.len() && expected.iter().zip(&segments).all(fits)
    };
    let templates = document["paths"].as_object()?.keys().filter(fits);
    templates.map(String::as_str).min_by_key(|template| template.matches('{').count())
}

#[test]
fn whatever_bad_input_is_answered_with_is_listed() {
    let document = build().unwrap();
    let (mut listed, mut unlisted) = (0, Vec::new());
    for endpoint in ["auth", "chat", "mcp", "rest"] {
        let table = repository().join("tests").join(endpoint).join("bad_input.json");
        let rows: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(table).unwrap()).unwrap();
        for row in &rows {
            let method = row["method"].as_str().unwrap_or("GET").to_lowercase();
            let path = row["path"].as_str().unwrap();
            let (status, kind) = (row["status"].as_u64().unwrap(), row["type"].as_str().unwrap_or_default());
            let operation = template(&document, path).map(|template| &document["paths"][template][&method]);
            let is_known = match operation.filter(|operation| operation.is_object()) {
                None => [404, 405].contains(&status),
                Some(operation) => {
                    let kind = kind.trim_start_matches("/problems/");
                    let response = &operation["responses"][status.to_string()];
                    let is_listed = kind.is_empty()
                        || !response["content"]["application/problem+json"]["examples"][kind].is_null();
                    listed += 1;
                    !response.is_null() && is_listed
                }
            };
            if !is_known {
                unlisted.push(format!("{method} {path}: {status} {kind}, {}", row["name"]));
            }
        }
    }
    assert!(unlisted.is_empty(), "{}", unlisted.join("\n"));
    assert!(listed > 200, "{listed}");
}

/// The code of an endpoint without its tests.
fn code(folder: &Path) -> String {
    let mut text = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            text += &if name == "tests" { String::new() } else { code(&path) };
        } else if name.ends_with(".rs") && name != "tests.rs" {
            let file = std::fs::read_to_string(&path).unwrap();
            text += file.split("#[cfg(test)]\nmod tests").next().unwrap();
        }
    }
    text
}

/// The words behind each `prefix` in a text.
fn named<'t>(text: &'t str, prefix: &str) -> BTreeSet<&'t str> {
    let word = |rest: &'t str| rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next();
    text.split(prefix).skip(1).filter_map(word).collect()
}

/// What an endpoint describes as its responses.
fn responses<'d>(document: &'d Value, endpoint: &str) -> Vec<&'d Value> {
    let mut responses = Vec::new();
    for (_, text) in DESCRIPTIONS.iter().filter(|(name, _)| name.split('/').next() == Some(endpoint)) {
        let description: Value = serde_json::from_str(text).unwrap();
        for path in description["paths"].as_object().into_iter().flatten().map(|(path, _)| path) {
            let operations = METHODS.iter().map(|method| &document["paths"][path][*method]);
            responses.extend(operations.map(|operation| &operation["responses"]));
        }
    }
    responses
}

#[test]
fn the_statuses_and_kinds_that_an_endpoint_names_are_those_that_it_describes() {
    let document = build().unwrap();
    // Not api-docs, which names the kinds of all.
    for endpoint in ["chat", "health", "identity", "mcp", "rest-api"] {
        let code = code(&repository().join("components/endpoints").join(endpoint).join("src"));
        let responses = responses(&document, endpoint);
        for kind in named(&code, " Kind::").into_iter().chain(named(&code, "(Kind::")) {
            let Some(kind) = Kind::all().find(|known| format!("{known:?}") == kind) else { continue };
            let (status, name) = (kind.status(), kind.name());
            let place = format!("/{}/content/application~1problem+json/examples/{name}", status.as_str());
            let is_described = responses.iter().any(|responses| responses.pointer(&place).is_some());
            let is_no_answer = ANYWHERE.contains(&name) || NO_ANSWERS.contains(&(endpoint, name));
            let is_described = is_described || endpoint == "chat" && is_refusal_of_chatkit(name);
            assert!(is_described || is_no_answer, "{endpoint} answers {name} somewhere: describe where");
        }
        for name in named(&code, "StatusCode::") {
            let is_named = |status: &StatusCode| {
                let words = status.canonical_reason().unwrap_or_default().to_uppercase();
                words.replace([' ', '-'], "_") == name
            };
            let Some(status) = (200..600).filter_map(|code| StatusCode::from_u16(code).ok()).find(is_named)
            else {
                continue;
            };
            let is_described = responses.iter().any(|responses| responses.get(status.as_str()).is_some());
            let is_described = is_described || endpoint == "chat" && is_refusal_of_chatkit(status.as_str());
            assert!(is_described, "{endpoint} answers {status} somewhere: describe where");
        }
    }
}
