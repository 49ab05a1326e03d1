//! values.schema.json knows every value and nothing else.

use serde_json::Value;

use crate::render::{CHART, refusal};

fn read(name: &str) -> String {
    std::fs::read_to_string(harness::repository().join(CHART).join(name)).unwrap()
}

/// Compares a level of the values with the schema's; maps whose keys are free end the comparison.
fn compare(path: &str, values: &Value, schema: &Value, found: &mut Vec<String>) {
    let (Some(values), Some(known)) = (values.as_object(), schema["properties"].as_object()) else { return };
    if schema["additionalProperties"] != false {
        found.push(format!("{path}: takes what it does not know"));
    }
    for (key, value) in values {
        match known.get(key) {
            Some(schema) => compare(&format!("{path}.{key}"), value, schema, found),
            None => found.push(format!("{path}.{key}: not in the schema")),
        }
    }
    // Given values are documented as one, and `global` is Helm's.
    for key in known.keys().filter(|key| *key != "global" && path != ".secrets.values") {
        if !values.contains_key(key) {
            found.push(format!("{path}.{key}: not in values.yaml"));
        }
    }
}

#[test]
fn values_and_schema_name_the_same() {
    let values: Value = serde_saphyr::from_str(&read("values.yaml")).unwrap();
    let schema: Value = serde_json::from_str(&read("values.schema.json")).unwrap();
    let mut found = Vec::new();
    compare("", &values, &schema, &mut found);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn typos_and_nonsense_are_refused() {
    for (setting, names) in [
        ("replicaCont=3", "replicaCont"),
        ("image.regsitry=ghcr.io", "regsitry"),
        ("database.cloudnativepg.pooler.enable=true", "enable"),
        ("mode=docker", "mode"),
        ("replicaCount=two", "replicaCount"),
        ("replicaCount=-1", "replicaCount"),
        ("image.digest=sha256:abc", "digest"),
        ("image.tag=latest", "tag"),
        ("domains[0]=https://todo.example.com", "domains"),
        ("cors.origins[0]=todo.example.com", "origins"),
        ("rollout.maxSurge=lots", "maxSurge"),
        ("resources.limits.memory=a lot", "memory"),
        ("resources.limits.gpus=1", "gpus"),
        ("variables.Model=openai", "Model"),
        ("extraEnv.rust_log=info", "rust_log"),
        ("secrets.values.password=x", "password"),
        ("secrets.values.better_auth_secret=short", "better_auth_secret"),
        ("secrets.values.db_app_password=a@b", "db_app_password"),
        ("runtime.user=0", "user"),
        ("runtime.port=80", "port"),
        ("database.port=70000", "port"),
        ("database.ownerUrl=mysql://db", "ownerUrl"),
        ("canary.mode=hope", "mode"),
        ("canary.availability=99.9", "availability"),
        ("networkPolicy.databaseRanges[0]=anywhere", "databaseRanges"),
        ("costLabels.owner=", "owner"),
    ] {
        assert!(refusal("dev", &[setting]).contains(names), "{setting}");
    }
}
