//! Other projects' resource definitions, from their Go modules, as the cluster's tests apply them; here without a cluster.

use std::collections::HashMap;
use std::sync::OnceLock;

use harness::definitions;
use serde_json::{Map, Value, json};

use crate::documents::documents;

/// The schemas by `apiVersion` and kind.
fn schemas() -> &'static HashMap<(String, String), Value> {
    static SCHEMAS: OnceLock<HashMap<(String, String), Value>> = OnceLock::new();
    SCHEMAS.get_or_init(|| {
        let files = definitions::files();
        let names: Vec<&str> = files.iter().map(|file| file.to_str().unwrap()).collect();
        documents(&names)
            .iter()
            .filter(|one| one["kind"] == "CustomResourceDefinition")
            .flat_map(versions)
            .collect()
    })
}

fn versions(definition: &Value) -> Vec<((String, String), Value)> {
    let group = definition["spec"]["group"].as_str().unwrap();
    let kind = definition["spec"]["names"]["kind"].as_str().unwrap();
    let versions = definition["spec"]["versions"].as_array().unwrap();
    let of_version = |version: &Value| {
        let api_version = format!("{group}/{}", version["name"].as_str().unwrap());
        let mut schema = version["schema"]["openAPIV3Schema"].clone();
        // These the API server knows by itself.
        for (name, of) in [("metadata", "object"), ("apiVersion", "string"), ("kind", "string")] {
            schema["properties"][name] = json!({ "type": of });
        }
        close(&mut schema);
        ((api_version, kind.to_owned()), schema)
    };
    versions.iter().map(of_version).collect()
}

/// The API server drops what a definition does not know; here that is a mistake.
fn close(schema: &mut Value) {
    let Some(schema) = schema.as_object_mut() else { return };
    if schema.contains_key("properties")
        && !schema.contains_key("additionalProperties")
        && schema.get("x-kubernetes-preserve-unknown-fields") != Some(&json!(true))
    {
        schema.insert("additionalProperties".to_owned(), json!(false));
    }
    for (key, value) in &mut *schema {
        match key.as_str() {
            "properties" => value.as_object_mut().into_iter().flat_map(Map::values_mut).for_each(close),
            "items" | "additionalProperties" => close(value),
            _ => {}
        }
    }
}

/// Whether this kind's definition is at hand.
pub fn is_known(object: &Value) -> bool {
    schema(object).is_some()
}

/// What the object's definition says against it. Objects of other kinds have nothing to be held against.
pub fn faults(object: &Value) -> Vec<String> {
    let Some(schema) = schema(object) else { return Vec::new() };
    let validator = jsonschema::validator_for(schema).unwrap();
    let title = format!("{}/{}", object["kind"], object["metadata"]["name"]);
    validator.iter_errors(object).map(|error| format!("{title} {}: {error}", error.instance_path())).collect()
}

fn schema(object: &Value) -> Option<&'static Value> {
    let text = |name: &str| object[name].as_str().map(str::to_owned);
    schemas().get(&(text("apiVersion")?, text("kind")?))
}

#[test]
fn a_field_that_a_definition_does_not_know_is_found() {
    let release = json!({
        "apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease", "metadata": { "name": "todo" },
        "spec": { "interval": "10m", "driftDetektion": { "mode": "enabled" } },
    });
    let found = faults(&release);
    assert!(found.iter().any(|fault| fault.contains("driftDetektion")), "{found:?}");
}
