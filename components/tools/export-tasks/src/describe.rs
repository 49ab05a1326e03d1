//! What the tool says of itself.

use task_model::describe::example;
use task_model::scope;
use task_model::types::Description;

/// Name, wording for models, hints and examples.
#[must_use]
pub fn describe() -> Description {
    Description {
        name: "export_tasks".to_owned(),
        title: "Export tasks".to_owned(),
        description: "Writes all tasks that match into one document, as they were added: markdown for people, csv for \
                      spreadsheets, json for programs. Without a filter it is every task, done ones too. Use it when a \
                      person wants a copy of their list to keep, print or move; to answer a question about tasks, \
                      list_tasks or overview is better, since a document can be long. When `truncated` is true there \
                      are more than fit: export again with narrower filters."
            .to_owned(),
        version: "1.0.0".to_owned(),
        read_only: true,
        destructive: false,
        idempotent: true,
        scope: scope::READ.to_owned(),
        examples: vec![
            example(
                "Give me my whole list as a table",
                r#"{"format":"csv"}"#,
            ),
            example(
                "Write down what is open for work, for printing",
                r#"{"format":"markdown","filter":{"status":"open","label":"work"}}"#,
            ),
            example(
                "A copy of what I finished, for a program",
                r#"{"format":"json","filter":{"status":"done"}}"#,
            ),
        ],
        latency_objective: 1000,
    }
}
