//! The scope of an operation (`x-scope`) as its security requirement.

use serde_json::{Map, Value, json};

pub(super) fn expand(operation: &mut Map<String, Value>) {
    if let Some(scope) = operation.shift_remove("x-scope") {
        operation.insert("security".to_owned(), json!([{ "bearer": [scope] }]));
    }
}
