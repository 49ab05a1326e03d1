//! The OpenAPI 3.1 document.

mod merge;
mod parameters;
mod problems;
mod rules;
mod schemas;
mod security;

use serde_json::{Map, Value};

const BASE: &str = include_str!("../contract/base.json");

/// What each path does, in the order of the page.
const CONTRACTS: [&str; 9] = [
    include_str!("../contract/tasks.json"),
    include_str!("../contract/many.json"),
    include_str!("../contract/chat.json"),
    include_str!("../contract/conversations.json"),
    include_str!("../contract/account.json"),
    include_str!("../contract/account-settings.json"),
    include_str!("../contract/agents.json"),
    include_str!("../contract/json-rpc.json"),
    include_str!("../contract/service.json"),
];

/// Why the document can't be built: `contract/` contradicts itself. Tests keep it from happening.
#[derive(Debug)]
pub enum Error {
    /// A file is not JSON.
    Malformed(serde_json::Error),
    /// A name that is used is not known.
    Unknown(String),
}

impl std::fmt::Display for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Malformed(error) => write!(formatter, "a contract is not JSON: {error}"),
            Self::Unknown(name) => write!(formatter, "a contract names {name}, which there is not"),
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
/// The files in `contract/` contradict each other.
pub fn build() -> Result<Value, Error> {
    let mut document: Value = serde_json::from_str(BASE)?;
    for contract in CONTRACTS {
        merge::into(&mut document, serde_json::from_str(contract)?);
    }
    merge::into(&mut document, schemas::components());
    let schemas =
        document.pointer("/components/schemas").and_then(Value::as_object).cloned().unwrap_or_default();
    for operation in operations(&mut document) {
        security::expand(operation);
        parameters::expand(operation, &schemas)?;
        problems::expand(operation)?;
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
