//! What the tool says of itself.

use task_model::describe::example;
use task_model::scope;
use task_model::types::Description;

/// Name, wording for models, hints and examples.
#[must_use]
pub fn describe() -> Description {
    Description {
        name: "add_task".to_owned(),
        title: "Add a task".to_owned(),
        description: "Adds one task. Give a short title in the person's own words; put dates into `due`, \
                      importance into `priority` and topics into `labels` instead of leaving them in the title. \
                      `due` is a full-date (2026-11-22) for a whole day, or a date-time with its UTC offset \
                      (2026-11-22T18:00:00+01:00) when a time was said. For several tasks call it once for each."
            .to_owned(),
        version: "1.0.0".to_owned(),
        read_only: false,
        destructive: false,
        idempotent: false,
        scope: scope::WRITE.to_owned(),
        examples: vec![
            example(
                "Add buy milk",
                r#"{"title":"Buy milk"}"#,
            ),
            example(
                "Remind me to call mum tomorrow at 6pm",
                r#"{"title":"Call mum","due":"2026-11-22T18:00:00+01:00","time_zone":"Europe/Berlin"}"#,
            ),
            example(
                "Urgent: file the tax return by 30 November #finance",
                r#"{"title":"File the tax return","due":"2026-11-30","priority":"urgent","labels":["finance"]}"#,
            ),
            example(
                "Note to bring passport and tickets for the trip",
                r#"{"title":"Prepare the trip","notes":"Bring passport and tickets"}"#,
            ),
        ],
        latency_objective: 100,
    }
}
