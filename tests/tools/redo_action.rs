//! Doing again what was taken back.

use serde_json::json;

use crate::tool_harness::ToolHarness;

#[test]
fn what_was_taken_back_step_by_step_is_done_again_step_by_step() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("one");
    user.ok("update-task", json!({ "id": task["id"], "title": "two" }));
    user.ok("complete-task", json!({ "id": task["id"] }));
    let done = user.read(&task);
    for _ in 0..2 {
        for _ in 0..3 {
            user.ok("undo-action", json!({}));
        }
        assert_eq!(user.error("get-task", json!({ "id": task["id"] })), json!({ "not_found": true }));
        for kind in ["added", "updated", "completed"] {
            let again = user.ok("redo-action", json!({}));
            assert_eq!((&again["kind"], &again["undone"]), (&json!(kind), &json!(false)));
        }
        let now = user.read(&task);
        assert_eq!((&now["title"], &now["completed_at"]), (&done["title"], &done["completed_at"]));
        assert_eq!(user.error("redo-action", json!({})), json!({ "action_not_found": true }));
    }
}

#[test]
fn once_something_else_was_done_nothing_is_done_again_without_being_named() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("one");
    user.ok("complete-task", json!({ "id": task["id"] }));
    let undone = user.ok("undo-action", json!({}));
    user.add("other");
    assert_eq!(user.error("redo-action", json!({})), json!({ "action_not_found": true }));
    user.ok("redo-action", json!({ "id": undone["id"] }));
    assert!(user.read(&task)["completed_at"].is_string());
}

#[test]
fn what_was_changed_since_it_was_taken_back_stays() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("one");
    user.ok("complete-task", json!({ "id": task["id"] }));
    let undone = user.ok("undo-action", json!({}));
    user.ok("update-task", json!({ "id": task["id"], "title": "two" }));
    assert_eq!(user.error("redo-action", json!({ "id": undone["id"] })), json!({ "action_overtaken": 1 }));
    assert!(user.read(&task)["completed_at"].is_null());
    assert_eq!(user.pointers("redo-action", json!({ "id": "7" })), ["/id"]);
}
