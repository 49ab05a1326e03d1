//! JSON (RFC 8259): an object with `items`, a line per task, and `truncated`.

use task_model::types::Task;

/// Before the first task.
pub const BEGIN: &str = "{\"items\":[";

/// A task with every member, as every endpoint answers it.
pub fn entry(task: &Task, is_first: bool) -> String {
    let before = if is_first { "\n" } else { ",\n" };
    // A task has no map whose keys are no strings, so this can't fail.
    let object = serde_json::to_string(task).unwrap_or_default();
    format!("{before}{object}")
}

/// After the last task.
pub fn end(truncated: bool) -> String {
    format!("\n],\"truncated\":{truncated}}}\n")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::formats::tests::{task, whole};

    #[test]
    fn a_document_is_json_with_or_without_tasks() {
        let none: Value = serde_json::from_str(&format!("{BEGIN}{}", end(false))).unwrap();
        assert_eq!(none, json!({ "items": [], "truncated": false }));
        let (first, second) = (entry(&whole(), true), entry(&task("t"), false));
        let two: Value = serde_json::from_str(&format!("{BEGIN}{first}{second}{}", end(true))).unwrap();
        assert_eq!(two, json!({ "items": [whole(), task("t")], "truncated": true }));
    }
}
