//! What the tool says of itself.

use task_model::describe::example;
use task_model::scope;
use task_model::types::Description;

/// Name, wording for models, hints and examples.
#[must_use]
pub fn describe() -> Description {
    Description {
        name: "complete_tasks".to_owned(),
        title: "Complete several tasks".to_owned(),
        description: "Marks all open tasks that match as done at once, up to 1,000 per call; while `remaining` is not \
                      0, call again. Use it when a person says that several tasks are finished: by ids from a list, or \
                      by filters, which must all hold and of which at least one must leave some tasks out. With \
                      `dry_run` nothing changes and the answer says what would: do that first when a filter may take \
                      in more than the person means. For one task use complete_task."
            .to_owned(),
        version: "1.0.0".to_owned(),
        read_only: false,
        destructive: false,
        idempotent: true,
        scope: scope::WRITE.to_owned(),
        examples: vec![
            example(
                "I did all the shopping",
                r#"{"filter":{"label":"shopping"}}"#,
            ),
            example(
                "Tick off these two",
                r#"{"filter":{"ids":["01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f","01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e20"]}}"#,
            ),
            example(
                "What would it be to finish everything overdue?",
                r#"{"filter":{"overdue":true},"dry_run":true}"#,
            ),
        ],
        latency_objective: 500,
    }
}
