//! What the tool says of itself.

use task_model::describe::example;
use task_model::scope;
use task_model::types::Description;

/// Name, wording for models, hints and examples.
#[must_use]
pub fn describe() -> Description {
    Description {
        name: "list_tasks".to_owned(),
        title: "List tasks".to_owned(),
        description: "Lists tasks a page at a time, with filters that must all hold: completion, due range, \
                      overdue, label, priority, words. Done tasks are included unless `status` is `open`. A day in \
                      `due_after` or `due_before` starts at the caller's midnight; `due_before` is exclusive. When \
                      `next_cursor` comes back there are more: call again with it as `cursor` and the same filters \
                      and order. To find one task by what it is about, search_tasks is better."
            .to_owned(),
        version: "1.0.0".to_owned(),
        read_only: true,
        destructive: false,
        idempotent: true,
        scope: scope::READ.to_owned(),
        examples: vec![
            example(
                "What do I have to do?",
                r#"{"status":"open"}"#,
            ),
            example(
                "What is due on Sunday, 22 November?",
                r#"{"status":"open","due_after":"2026-11-22","due_before":"2026-11-23"}"#,
            ),
            example(
                "Show overdue work tasks, most important first",
                r#"{"overdue":true,"label":"work","sort":"priority"}"#,
            ),
            example(
                "What did I finish last?",
                r#"{"status":"done","sort":"updated","direction":"descending","limit":5}"#,
            ),
        ],
        latency_objective: 100,
    }
}
