//! Reopening a task.

use serde_json::json;

use crate::tool_harness::ToolHarness;

#[test]
fn a_done_task_is_open_again() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("t");
    user.ok("complete-task", json!({ "id": task["id"] }));
    let open = user.later(5).ok("reopen-task", json!({ "id": task["id"], "version": 2 }));
    assert_eq!((&open["completed_at"], &open["version"]), (&json!(null), &json!(3)));
    assert_eq!(open["updated_at"], "2026-11-18T11:06:45Z");
    assert_eq!(user.read(&task), open);
}

#[test]
fn what_is_open_stays_as_it_is() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("t");
    assert_eq!(user.later(5).ok("reopen-task", json!({ "id": task["id"] })), task);
}

#[test]
fn a_stale_version_conflicts_whatever_the_state() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("t");
    let done = user.ok("complete-task", json!({ "id": task["id"] }));
    assert_eq!(
        user.error("reopen-task", json!({ "id": task["id"], "version": 1 })),
        json!({ "conflict": 2 })
    );
    assert_eq!(user.read(&task), done);
    user.ok("reopen-task", json!({ "id": task["id"] }));
    assert_eq!(
        user.error("reopen-task", json!({ "id": task["id"], "version": 2 })),
        json!({ "conflict": 3 })
    );
}

#[test]
fn a_strangers_task_is_not_found_and_stays_done() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    let task = alice.add("hers");
    let done = alice.ok("complete-task", json!({ "id": task["id"] }));
    assert_eq!(bob.error("reopen-task", json!({ "id": task["id"] })), json!({ "not_found": true }));
    assert_eq!(alice.read(&task), done);
}

#[test]
fn one_event_tells_of_one_reopening() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("t");
    user.ok("reopen-task", json!({ "id": task["id"] }));
    user.ok("complete-task", json!({ "id": task["id"] }));
    user.ok("reopen-task", json!({ "id": task["id"] }));
    user.ok("reopen-task", json!({ "id": task["id"] }));
    assert_eq!(tools.events(&task), ["todo.task.created 1", "todo.task.completed 2", "todo.task.reopened 3"]);
}
