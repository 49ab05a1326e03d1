//! What the tool says of itself.

use task_model::describe::example;
use task_model::scope;
use task_model::types::Description;

/// Name, wording for models, hints and examples.
#[must_use]
pub fn describe() -> Description {
    Description {
        name: "restore_tasks".to_owned(),
        title: "Bring tasks back".to_owned(),
        description: "Takes back that tasks were deleted, or that they were completed, by their ids, up to 100 per call. \
                      Use it when a person wants to undo what delete_task, delete_tasks or complete_tasks did: deleted \
                      tasks are there again as they were, with their ids, notes and labels, done ones still done; \
                      completed ones are open again. For one done task use reopen_task."
            .to_owned(),
        version: "1.0.0".to_owned(),
        read_only: false,
        destructive: false,
        idempotent: true,
        scope: scope::WRITE.to_owned(),
        examples: vec![
            example(
                "Undo that deletion",
                r#"{"ids":["01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f"],"undo":"deletion"}"#,
            ),
            example(
                "These two are not done after all",
                r#"{"ids":["01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f","01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e20"],"undo":"completion"}"#,
            ),
        ],
        latency_objective: 500,
    }
}
