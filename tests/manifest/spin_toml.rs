//! spin.toml, read once.

use std::collections::BTreeSet;

use serde_json::Value;

/// The manifest as JSON.
pub fn manifest() -> Value {
    let text = std::fs::read_to_string(harness::repository().join("spin.toml")).unwrap();
    serde_json::to_value(toml::from_str::<toml::Table>(&text).unwrap()).unwrap()
}

/// The components by id.
pub fn components() -> serde_json::Map<String, Value> {
    manifest()["component"].as_object().unwrap().clone()
}

/// The ids of components that some route leads to.
pub fn routed() -> BTreeSet<String> {
    let manifest = manifest();
    let triggers = manifest["trigger"]["http"].as_array().unwrap();
    triggers.iter().map(|trigger| trigger["component"].as_str().unwrap().to_owned()).collect()
}

/// The folders of a kind of component, by name.
pub fn folders(below: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(harness::repository().join("components").join(below)).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}
