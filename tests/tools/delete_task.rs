//! Deleting a task.

use serde_json::json;

use crate::tool_harness::ToolHarness;

#[test]
fn a_deleted_task_is_answered_as_it_last_was_and_then_gone() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.ok("add-task", json!({ "title": "gone", "due": "2026-11-18", "labels": ["x"] }));
    assert_eq!(user.ok("delete-task", json!({ "id": task["id"] })), task);
    for tool in ["get-task", "complete-task", "reopen-task", "delete-task"] {
        assert_eq!(user.error(tool, json!({ "id": task["id"] })), json!({ "not_found": true }), "{tool}");
    }
    let rename = json!({ "id": task["id"], "title": "back" });
    assert_eq!(user.error("update-task", rename), json!({ "not_found": true }));
    for sort in ["due", "priority", "created", "updated", "title"] {
        assert!(user.titles("list-tasks", json!({ "sort": sort })).is_empty(), "{sort}");
    }
    assert!(user.titles("search-tasks", json!({ "query": "gone", "status": "all" })).is_empty());
    let overview = user.ok("overview", json!({}));
    assert_eq!((&overview["open_count"], &overview["labels"]), (&json!(0), &json!([])));
}

#[test]
fn a_stale_version_conflicts_and_deletes_nothing() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("t");
    let renamed = user.ok("update-task", json!({ "id": task["id"], "title": "u" }));
    assert_eq!(
        user.error("delete-task", json!({ "id": task["id"], "version": 1 })),
        json!({ "conflict": 2 })
    );
    assert_eq!(user.read(&task), renamed);
    assert_eq!(user.ok("delete-task", json!({ "id": task["id"], "version": 2 })), renamed);
}

#[test]
fn a_strangers_task_is_not_found_and_stays() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    let task = alice.add("hers");
    assert_eq!(bob.error("delete-task", json!({ "id": task["id"] })), json!({ "not_found": true }));
    assert_eq!(alice.read(&task), task);
}

#[test]
fn the_row_stays_marked_and_the_event_is_written() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("t");
    user.ok("delete-task", json!({ "id": task["id"] }));
    assert_eq!(tools.events(&task), ["todo.task.created 1", "todo.task.deleted 2"]);
    let id = task["id"].as_str().unwrap();
    let marked =
        tools.0.sql(&format!("SELECT deleted_at IS NOT NULL FROM todo.tasks WHERE id = '{id}'")).unwrap();
    assert_eq!(marked, "t");
}
