//! Cancelling a reminder.

use serde_json::json;

use crate::tool_harness::ToolHarness;

#[test]
fn it_is_gone_and_its_task_is_as_it_was() {
    let user = ToolHarness::shared().user();
    let task = user.add("t");
    let input = json!({ "task_id": task["id"], "at": "2026-11-19T10:00:00Z" });
    let reminder = user.ok("add-reminder", input);
    assert_eq!(user.ok("cancel-reminder", json!({ "id": reminder["id"] })), reminder);
    assert_eq!(user.ok("list-reminders", json!({ "task_id": task["id"] })), json!({ "items": [] }));
    assert_eq!(user.read(&task), task);
    let again = user.error("cancel-reminder", json!({ "id": reminder["id"] }));
    assert_eq!(again, json!({ "reminder_not_found": true }));
    assert_eq!(user.pointers("cancel-reminder", json!({ "id": "7" })), ["/id"]);
}

#[test]
fn that_of_another_user_is_not_found_and_stays() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    let task = alice.add("t");
    let input = json!({ "task_id": task["id"], "at": "2026-11-19T10:00:00Z" });
    let reminder = alice.ok("add-reminder", input);
    let refused = bob.error("cancel-reminder", json!({ "id": reminder["id"] }));
    assert_eq!(refused, json!({ "reminder_not_found": true }));
    let kept = alice.ok("list-reminders", json!({ "task_id": task["id"] }));
    assert_eq!(kept["items"], json!([reminder]));
}
