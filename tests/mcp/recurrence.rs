//! Tasks that repeat, as a model sets and completes them.

use harness::App;
use serde_json::{Value, json};

fn content(answer: &Value) -> &Value {
    answer.pointer("/structuredContent").unwrap_or_else(|| panic!("{answer}"))
}

#[test]
fn a_model_sets_a_rule_and_is_told_what_comes_next() {
    let caller = App::shared().user();
    let task = caller.call_tool(
        "add_task",
        &json!({ "title": "Water the plants", "due": "2027-01-01", "recurrence": { "rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR" } }),
    );
    assert_eq!(content(&task)["recurrence"]["words"], "every 2nd Friday", "{task}");
    let id = json!({ "id": content(&task)["id"] });
    let completed = caller.call_tool("complete_task", &id);
    assert_eq!(content(&completed)["due"], "2027-01-15", "{completed}");
    assert_eq!(content(&completed)["completed_at"], Value::Null);
    let skipped = caller.call_tool("skip_occurrence", &id);
    assert_eq!(content(&skipped)["due"], "2027-01-29", "{skipped}");
    let ended = caller.call_tool("update_task", &json!({ "id": id["id"], "clear": ["recurrence"] }));
    assert_eq!(content(&ended)["recurrence"], Value::Null, "{ended}");
}
