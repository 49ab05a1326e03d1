//! What the tool says of itself.

use task_model::describe::example;
use task_model::scope;
use task_model::types::Description;

/// Name, wording for models, hints and examples.
#[must_use]
pub fn describe() -> Description {
    Description {
        name: "delete_task".to_owned(),
        title: "Delete a task".to_owned(),
        description: "Deletes one task and answers it as it last was. Only when a person asks to delete \
                      or remove it; what is finished is completed with complete_task instead. Ask first when it is \
                      not clear which task is meant."
            .to_owned(),
        version: "1.0.0".to_owned(),
        read_only: false,
        destructive: true,
        idempotent: true,
        scope: scope::DELETE.to_owned(),
        examples: vec![
            example(
                "Delete the dentist task",
                r#"{"id":"01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f"}"#,
            ),
            example(
                "Remove it if nobody changed it",
                r#"{"id":"01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f","version":4}"#,
            ),
        ],
        latency_objective: 100,
    }
}
