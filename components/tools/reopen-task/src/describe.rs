//! What the tool says of itself.

use task_model::describe::example;
use task_model::scope;
use task_model::types::Description;

/// Name, wording for models, hints and examples.
#[must_use]
pub fn describe() -> Description {
    Description {
        name: "reopen_task".to_owned(),
        title: "Reopen a task".to_owned(),
        description: "Makes a done task open again. A task that is open already stays as it is. Use it when \
                      something was completed by mistake or has to be done once more."
            .to_owned(),
        version: "1.0.0".to_owned(),
        read_only: false,
        destructive: false,
        idempotent: true,
        scope: scope::WRITE.to_owned(),
        examples: vec![
            example("I did not buy the milk after all", r#"{"id":"01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f"}"#),
            example("Undo that, as I saw it", r#"{"id":"01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f","version":3}"#),
        ],
        latency_objective: 100,
    }
}
