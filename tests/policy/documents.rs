//! What is in files that are deployed.

use harness::repository;
use serde_json::Value;

/// The documents of YAML or JSON files, in their order.
pub fn documents(files: &[&str]) -> Vec<Value> {
    files.iter().flat_map(|file| read_documents(file)).collect()
}

/// The documents of one file; one that is a list counts as what is in it.
fn read_documents(file: &str) -> Vec<Value> {
    let text =
        std::fs::read_to_string(repository().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let documents: Vec<Value> =
        serde_saphyr::from_multiple(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let in_it = |document| match document {
        Value::Null => Vec::new(),
        Value::Array(documents) => documents,
        document => vec![document],
    };
    documents.into_iter().flat_map(in_it).collect()
}
