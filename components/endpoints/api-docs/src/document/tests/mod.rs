//! The document is valid and true: it says what the endpoints do, no more and no less.

use std::collections::BTreeSet;

use endpoint::Kind;
use serde_json::{Value, json};

use super::{METHODS, build};

mod answers;
mod routes;

/// Where ChatKit's protocol is described: it has one address, and schemas of its own.
const CHATKIT: &str = include_str!("../../../../../../docs/chatkit.md");

/// Whether the table of refusals of ChatKit's protocol has a status or the name of a kind of problem.
fn is_refusal_of_chatkit(word: &str) -> bool {
    let (_, refusals) = CHATKIT.split_once("## When something is refused").unwrap_or_default();
    let words = |line: &'static str| line.split(|letter: char| !letter.is_alphanumeric() && letter != '-');
    refusals.lines().filter(|line| line.starts_with('|')).flat_map(words).any(|known| known == word)
}

/// Method and path of every operation.
fn operations(document: &Value) -> BTreeSet<(String, String)> {
    let paths = document["paths"].as_object();
    let of = |(path, item): (&String, &Value)| {
        let methods = METHODS.into_iter().filter(|method| item.get(*method).is_some());
        methods.map(|method| (method.to_uppercase(), path.clone())).collect::<Vec<_>>()
    };
    paths.into_iter().flatten().flat_map(of).collect()
}

/// Every value of the document with where it is.
fn walk<'v>(value: &'v Value, pointer: String, visit: &mut impl FnMut(&str, &'v Value)) {
    visit(&pointer, value);
    match value {
        Value::Object(members) => members.iter().for_each(|(name, member)| {
            walk(member, format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")), visit);
        }),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(place, item)| walk(item, format!("{pointer}/{place}"), visit))
        }
        _ => {}
    }
}

#[test]
fn the_document_is_valid_openapi_3_1() {
    // Published by the OpenAPI Initiative under Apache-2.0: https://spec.openapis.org/oas/3.1/schema/2022-10-07
    let schema: Value = serde_json::from_str(include_str!("../openapi-3.1.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let document = build().unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));

    let mut broken = document;
    broken["paths"]["/api/v1/tasks"]["get"]["responses"] = json!([]);
    assert!(!validator.is_valid(&broken));
}

#[test]
fn every_reference_leads_somewhere() {
    let document = build().unwrap();
    let mut found = 0;
    walk(&document, String::new(), &mut |place, value| {
        if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
            found += 1;
            let target = reference.strip_prefix('#').and_then(|pointer| document.pointer(pointer));
            assert!(target.is_some(), "{place}: {reference}");
        }
    });
    assert!(found > 50);
}

#[test]
fn nothing_of_the_shorthand_is_left() {
    walk(&build().unwrap(), String::new(), &mut |place, _| assert!(!place.contains("/x-"), "{place}"));
}

#[test]
fn every_operation_has_an_id_of_its_own_a_tag_and_a_summary() {
    let document = build().unwrap();
    let tags: BTreeSet<&str> =
        document["tags"].as_array().unwrap().iter().filter_map(|tag| tag["name"].as_str()).collect();
    let mut ids = BTreeSet::new();
    for (method, path) in operations(&document) {
        let operation = &document["paths"][&path][method.to_lowercase()];
        assert!(ids.insert(operation["operationId"].as_str().unwrap()), "{path}");
        assert!(tags.contains(operation["tags"][0].as_str().unwrap()), "{path}");
        assert!(operation["summary"].is_string(), "{path}");
    }
}

#[test]
fn the_braces_of_a_path_are_its_parameters() {
    let document = build().unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        let declared: Vec<Value> = [item, &item["get"]]
            .iter()
            .filter_map(|holder| holder["parameters"].as_array())
            .flatten()
            .map(|parameter| match parameter["$ref"].as_str() {
                Some(reference) => document.pointer(&reference[1..]).unwrap().clone(),
                None => parameter.clone(),
            })
            .filter(|parameter| parameter["in"] == "path")
            .collect();
        let names: Vec<&str> = declared.iter().filter_map(|parameter| parameter["name"].as_str()).collect();
        let braces: Vec<&str> =
            path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
        assert_eq!(names, braces, "{path}");
    }
}

#[test]
fn a_kind_of_problem_is_listed_under_its_own_status() {
    let document = build().unwrap();
    let mut listed = BTreeSet::new();
    walk(&document["paths"], String::new(), &mut |place, value| {
        let Some(examples) = value.pointer("/content/application~1problem+json/examples") else { return };
        for (name, example) in examples.as_object().unwrap() {
            let kind = Kind::from_name(name).unwrap_or_else(|| panic!("{place}: {name}"));
            assert!(place.ends_with(kind.status().as_str()), "{place}: {name}");
            assert_eq!(example["value"]["type"], kind.uri());
            listed.insert(name.clone());
        }
    });
    // Every path answers these two: an unknown method, and a version that was sent by other means than If-Match.
    let everywhere = ["method-not-allowed", "version-conflict"];
    let unlisted: Vec<&str> = Kind::all()
        .map(Kind::name)
        .filter(|name| !listed.contains(*name) && !everywhere.contains(name) && !is_refusal_of_chatkit(name))
        .collect();
    assert!(unlisted.is_empty(), "no operation lists {unlisted:?}");
}

#[test]
fn a_name_is_what_signing_up_takes() {
    let document = build().unwrap();
    let schema = document.pointer("/components/schemas/SignUp/properties/name").unwrap();
    let validator = jsonschema::validator_for(schema).unwrap();
    for good in ["Ann", "  Ann\n", "李", "علی\u{200C}رضا", "Ann 👩\u{200D}💻", "Ann ❤\u{FE0F}"] {
        assert!(validator.is_valid(&json!(good)), "{good:?}");
    }
    let long = "a".repeat(101);
    for bad in [
        &*long,
        "",
        " ",
        "a\nb",
        "a\u{11}b",
        "\u{200D}",
        "An\u{200B}n",
        "An\u{202E}n",
        "An\u{2066}n",
        "An\u{E0041}n",
    ] {
        assert!(!validator.is_valid(&json!(bad)), "{bad:?}");
    }
}

#[test]
fn the_examples_of_tasks_are_valid_by_their_schemas() {
    let document = build().unwrap();
    for (path, method, body) in [
        ("/api/v1/tasks", "post", "requestBody"),
        ("/api/v1/tasks", "post", "responses/201"),
        ("/api/v1/tasks/{id}", "patch", "requestBody"),
        ("/api/v1/lists", "post", "requestBody"),
        ("/api/v1/lists", "post", "responses/201"),
        ("/api/v1/lists/{id}", "patch", "requestBody"),
        ("/api/v1/chat", "post", "requestBody"),
        ("/api/auth/sign-up/email", "post", "requestBody"),
    ] {
        let operation = &document["paths"][path][method];
        let contents = operation.pointer(&format!("/{body}/content")).unwrap().as_object().unwrap();
        let content = contents.values().next().unwrap();
        let schema = json!({ "$ref": content["schema"]["$ref"], "components": document["components"] });
        let validator = jsonschema::validator_for(&schema).unwrap();
        for (name, example) in content["examples"].as_object().unwrap() {
            let error = validator.validate(&example["value"]).err().map(|error| error.to_string());
            assert_eq!(error, None, "{path} {name}");
        }
        assert!(!validator.is_valid(&json!({"titel": 5})), "{path}");
    }
}
