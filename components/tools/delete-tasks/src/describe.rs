//! What the tool says of itself.

use task_model::describe::example;
use task_model::scope;
use task_model::types::Description;

/// Name, wording for models, hints and examples.
#[must_use]
pub fn describe() -> Description {
    Description {
        name: "delete_tasks".to_owned(),
        title: "Delete several tasks".to_owned(),
        description: "Deletes all tasks that match, up to 1,000 per call; while `remaining` is not 0, call \
                      again. Only when a person asks to delete or remove several: by ids from a list, or by filters, \
                      which must all hold and of which at least one must leave some tasks out. With `dry_run` nothing \
                      changes and the answer says what would: do that first and tell the person. What is finished is \
                      completed with complete_tasks instead; for one task use delete_task."
            .to_owned(),
        version: "1.0.0".to_owned(),
        read_only: false,
        destructive: true,
        idempotent: true,
        scope: scope::DELETE.to_owned(),
        examples: vec![
            example(
                "Clear out what I have done",
                r#"{"filter":{"status":"done"}}"#,
            ),
            example(
                "Remove these two",
                r#"{"filter":{"ids":["01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f","01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e20"]}}"#,
            ),
            example(
                "How many old tasks with the label party would go?",
                r#"{"filter":{"label":"party","due_before":"2026-11-01"},"dry_run":true}"#,
            ),
        ],
        latency_objective: 500,
    }
}
