//! Completing a task.

use serde_json::json;

use crate::tool_harness::ToolHarness;

#[test]
fn a_task_is_done_from_the_instant_of_the_call() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("t");
    let done = user.later(5).ok("complete-task", json!({ "id": task["id"] }));
    assert_eq!(done["completed_at"], "2026-11-18T11:06:45Z");
    assert_eq!(done["updated_at"], "2026-11-18T11:06:45Z");
    assert_eq!(done["created_at"], task["created_at"]);
    assert_eq!(done["version"], 2);
    assert_eq!(user.read(&task), done);
}

#[test]
fn what_is_done_stays_as_it_is() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("t");
    let done = user.ok("complete-task", json!({ "id": task["id"] }));
    assert_eq!(user.later(9).ok("complete-task", json!({ "id": task["id"] })), done);
    assert_eq!(user.later(9).ok("complete-task", json!({ "id": task["id"], "version": 2 })), done);
}

#[test]
fn a_stale_version_conflicts_and_changes_nothing() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("t");
    let renamed = user.ok("update-task", json!({ "id": task["id"], "title": "u" }));
    let stale = json!({ "id": task["id"], "version": 1 });
    assert_eq!(user.error("complete-task", stale.clone()), json!({ "conflict": 2 }));
    assert_eq!(
        user.error("complete-task", json!({ "id": task["id"], "version": u64::MAX })),
        json!({ "conflict": 2 })
    );
    assert_eq!(user.read(&task), renamed);
    user.ok("complete-task", json!({ "id": task["id"], "version": 2 }));
    assert_eq!(user.error("complete-task", stale), json!({ "conflict": 3 }));
}

#[test]
fn a_strangers_task_is_not_found_and_stays_open() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    let task = alice.add("hers");
    assert_eq!(bob.error("complete-task", json!({ "id": task["id"] })), json!({ "not_found": true }));
    assert_eq!(
        bob.error("complete-task", json!({ "id": task["id"], "version": 7 })),
        json!({ "not_found": true })
    );
    assert_eq!(alice.read(&task), task);
}

#[test]
fn a_wrong_reference_is_named() {
    let tools = ToolHarness::shared();
    assert_eq!(
        tools.user().pointers("complete-task", json!({ "id": "x", "version": 0 })),
        ["/id", "/version"]
    );
}

#[test]
fn one_event_tells_of_one_completion() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("t");
    user.ok("complete-task", json!({ "id": task["id"] }));
    user.ok("complete-task", json!({ "id": task["id"] }));
    user.error("complete-task", json!({ "id": task["id"], "version": 1 }));
    assert_eq!(tools.events(&task), ["todo.task.created 1", "todo.task.completed 2"]);
}
