//! The types of `todo:types` in Rust, with their JSON and JSON Schema forms, and the rules of a task.
//!
//! WIT is the one source: a type changes in `wit/types/types.wit`, everything else follows.

#![warn(missing_docs)]

pub mod action;
pub mod consent;
pub mod cursor;
pub mod describe;
pub mod document;
pub mod due;
pub mod filter;
pub mod hash;
pub mod id;
pub mod instant;
pub mod labels;
pub mod limits;
pub mod list;
mod names;
pub mod notes;
pub mod page;
pub mod priority;
pub mod query;
pub mod quick_add;
pub mod recurrence;
pub mod reminder;
pub mod scope;
pub mod search_terms;
pub mod text;
pub mod title;
mod violations;
pub mod zone;

/// What `tool_bindings::export!` writes starts the log of the tool.
pub use guest_log;
pub use names::Named;
pub use violations::{Violations, invalid};

#[allow(missing_docs, clippy::all, reason = "generated from WIT, where every item is documented")]
mod bindings {
    wit_bindgen::generate!({
        path: "../../../wit/types",
        inline: "package todo:task-model; world types { import todo:types/types@1.0.0; }",
        world: "todo:task-model/types",
        generate_all,
        generate_unused_types: true,
        additional_derives: [PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema],
        additional_derives_ignore: ["priority", "clearable-field", "list-colour", "clearable-list-field", "recurrence-base", "export-format", "import-format", "task-status", "task-sort", "sort-direction", "undoable-change", "action-kind", "quick-add-syntax", "span-kind", "reminder-state", "consent", "duration", "caller", "tool-error", "description", "example"],
    });
}

pub use bindings::todo::types::types;

#[cfg(test)]
mod tests {
    use super::types::{NewTask, Priority};

    #[test]
    fn a_task_in_json_has_snake_case_members_and_lower_case_names() {
        let task: NewTask =
            serde_json::from_str(r#"{"title":"milk","time_zone":"Europe/Berlin","priority":"high"}"#)
                .unwrap();
        assert_eq!(task.priority, Some(Priority::High));
        assert_eq!(task.time_zone.as_deref(), Some("Europe/Berlin"));
        assert_eq!(task.labels, None);
    }

    #[test]
    fn the_schema_describes_each_member_in_the_words_of_the_wit_document() {
        let schema = serde_json::to_value(schemars::schema_for!(NewTask)).unwrap();
        assert_eq!(schema["required"], serde_json::json!(["title"]));
        assert!(
            schema["properties"]["title"]["description"].as_str().unwrap().contains("1 to 200 characters")
        );
    }
}
