//! What is in files that are deployed.

use harness::programs::{command, printed};
use serde_json::Value;

/// The documents of YAML or JSON files, in their order.
pub fn documents(files: &[&str]) -> Vec<Value> {
    let parsed = printed(command("conftest").args(["parse", "--combine"]).args(files));
    let files: Vec<Value> = serde_json::from_str(&parsed).unwrap();
    files.into_iter().map(|mut file| file["contents"].take()).filter(|document| !document.is_null()).collect()
}
