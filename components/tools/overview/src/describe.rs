//! What the tool says of itself.

use task_model::describe::example;
use task_model::scope;
use task_model::types::Description;

/// Name, wording for models, hints and examples.
#[must_use]
pub fn describe() -> Description {
    Description {
        name: "overview".to_owned(),
        title: "Overview".to_owned(),
        description: "Tells where the person stands: how many tasks are open, overdue, due today, upcoming and \
                      completed today, with the first of each, and the labels most used. Use it for questions \
                      about the day or the week as a whole, such as how things look."
            .to_owned(),
        version: "1.0.0".to_owned(),
        read_only: true,
        destructive: false,
        idempotent: true,
        scope: scope::READ.to_owned(),
        examples: vec![
            example(
                "How is my day looking?",
                r#"{}"#,
            ),
            example(
                "What comes up in the next two weeks?",
                r#"{"days":14}"#,
            ),
        ],
        latency_objective: 150,
    }
}
