//! What the tool says of itself.

use task_model::describe::example;
use task_model::scope;
use task_model::types::Description;

/// Name, wording for models, hints and examples.
#[must_use]
pub fn describe() -> Description {
    Description {
        name: "search_tasks".to_owned(),
        title: "Search tasks".to_owned(),
        description: "Finds tasks by words, best match first. Each word must begin a word of the title, the notes \
                      or the labels; letter case and accents do not count. Use it to find the id of a task that a \
                      person describes, with as few and as telling words as possible. Open tasks only, unless \
                      `status` says otherwise."
            .to_owned(),
        version: "1.0.0".to_owned(),
        read_only: true,
        destructive: false,
        idempotent: true,
        scope: scope::READ.to_owned(),
        examples: vec![
            example(
                "Which task was about the dentist?",
                r#"{"query":"dentist"}"#,
            ),
            example(
                "I finished the tax thing",
                r#"{"query":"tax"}"#,
            ),
            example(
                "Did I ever have a task about milk?",
                r#"{"query":"milk","status":"all"}"#,
            ),
        ],
        latency_objective: 100,
    }
}
