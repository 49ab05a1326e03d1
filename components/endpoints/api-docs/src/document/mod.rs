//! The OpenAPI 3.1 document.

mod merge;
mod parameters;
mod problems;
mod rules;
mod schemas;
mod security;
mod used;

use serde_json::{Map, Value};

/// What belongs to no endpoint.
const BASE: &str = include_str!("base.json");

/// What the endpoints say of their operations, `<endpoint>/openapi/<name>.json`: each file's name and text.
const DESCRIPTIONS: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/descriptions.rs"));

/// In this order the methods of a path are listed.
pub(crate) const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Why the document can't be built: the descriptions contradict each other. Tests keep it from happening.
#[derive(Debug)]
pub enum Error {
    /// A description is not JSON.
    Malformed(serde_json::Error),
    /// A name that is used is not known.
    Unknown(String),
}

impl std::fmt::Display for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Malformed(error) => write!(formatter, "a description is not JSON: {error}"),
            Self::Unknown(name) => write!(formatter, "a description names {name}, which there is not"),
        }
    }
}

impl std::error::Error for Error {}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Malformed(error)
    }
}

/// Puts the document together.
///
/// # Errors
/// The descriptions contradict each other.
pub fn build() -> Result<Value, Error> {
    let mut document: Value = serde_json::from_str(BASE)?;
    for (_, description) in DESCRIPTIONS {
        merge::into(&mut document, serde_json::from_str(description)?);
    }
    merge::into(&mut document, schemas::components());
    let schemas =
        document.pointer("/components/schemas").and_then(Value::as_object).cloned().unwrap_or_default();
    // A query is written out as parameters below; its schema is shown all the same.
    let mut used = used::schemas_in(&document);
    for operation in operations(&mut document) {
        security::expand(operation);
        parameters::expand(operation, &schemas)?;
        problems::expand(operation)?;
    }
    used.extend(used::schemas_in(&document));
    used::keep(&mut document, used);
    for sorted in ["/paths", "/components/schemas"] {
        if let Some(members) = document.pointer_mut(sorted).and_then(Value::as_object_mut) {
            members.sort_keys();
        }
    }
    Ok(document)
}

/// The operations of all paths. A path item also has members that are none.
fn operations(document: &mut Value) -> impl Iterator<Item = &mut Map<String, Value>> {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    paths
        .into_iter()
        .flat_map(|paths| paths.values_mut())
        .filter_map(Value::as_object_mut)
        .flat_map(|item| item.values_mut())
        .filter_map(Value::as_object_mut)
}

#[cfg(test)]
mod tests;
