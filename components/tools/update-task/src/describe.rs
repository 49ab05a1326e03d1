//! What the tool says of itself.

use task_model::describe::example;
use task_model::scope;
use task_model::types::Description;

/// Name, wording for models, hints and examples.
#[must_use]
pub fn describe() -> Description {
    Description {
        name: "update_task".to_owned(),
        title: "Change a task".to_owned(),
        description: "Changes fields of one task: rename, reschedule, other notes, priority or labels. Only what \
                      is given changes; `labels` replaces all labels, so give those that stay as well. `clear` \
                      empties fields. Give `version` to change only what has been read. To finish or reopen a task \
                      use complete_task or reopen_task."
            .to_owned(),
        version: "1.0.0".to_owned(),
        read_only: false,
        destructive: false,
        idempotent: true,
        scope: scope::WRITE.to_owned(),
        examples: vec![
            example(
                "Move it to Friday",
                r#"{"id":"01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f","due":"2026-11-27"}"#,
            ),
            example(
                "Rename it to buy oat milk, it is urgent",
                r#"{"id":"01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f","title":"Buy oat milk","priority":"urgent"}"#,
            ),
            example(
                "It has no due date any more",
                r#"{"id":"01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f","clear":["due"]}"#,
            ),
            example(
                "Label it home and garden, if nobody changed it",
                r#"{"id":"01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f","version":3,"labels":["garden","home"]}"#,
            ),
        ],
        latency_objective: 100,
    }
}
