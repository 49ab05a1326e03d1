//! What the tool says of itself.

use task_model::describe::example;
use task_model::scope;
use task_model::types::Description;

/// Name, wording for models, hints and examples.
#[must_use]
pub fn describe() -> Description {
    Description {
        name: "get_task".to_owned(),
        title: "Read a task".to_owned(),
        description: "Reads one task by its id: title, notes, due time, priority, labels, completion and version. \
                      Use it when the id is known and the task may have changed since it was read; use list_tasks \
                      or search_tasks to find a task."
            .to_owned(),
        version: "1.0.0".to_owned(),
        read_only: true,
        destructive: false,
        idempotent: true,
        scope: scope::READ.to_owned(),
        examples: vec![
            example(
                "What exactly did I write down for the dentist?",
                r#"{"id":"01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f"}"#,
            ),
            example(
                "Read that task again",
                r#"{"id":"01936f30-11aa-7c05-8d2e-4b6f9a1c3e57"}"#,
            ),
        ],
        latency_objective: 50,
    }
}
