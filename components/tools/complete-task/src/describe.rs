//! What the tool says of itself.

use task_model::describe::example;
use task_model::scope;
use task_model::types::Description;

/// Name, wording for models, hints and examples.
#[must_use]
pub fn describe() -> Description {
    Description {
        name: "complete_task".to_owned(),
        title: "Complete a task".to_owned(),
        description:
            "Marks one task as done. A task that is done already stays as it is. Use it when a person \
                      says that something is finished; deleting is for tasks that should not have existed."
                .to_owned(),
        version: "1.0.0".to_owned(),
        read_only: false,
        destructive: false,
        idempotent: true,
        scope: scope::WRITE.to_owned(),
        examples: vec![
            example("I bought the milk", r#"{"id":"01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f"}"#),
            example(
                "Tick it off, as I saw it",
                r#"{"id":"01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f","version":2}"#,
            ),
        ],
        latency_objective: 100,
    }
}
