//! Bringing tasks back that were deleted or completed.

use serde_json::{Value, json};

use crate::tool_harness::{ToolHarness, User};

fn restore(user: &User<'_>, ids: &[&Value], undo: &str) -> Value {
    user.ok("restore-tasks", json!({ "ids": ids, "undo": undo }))
}

/// The task without what each change of it changes.
fn content(task: &Value) -> Value {
    let mut task = task.clone();
    task["version"] = Value::Null;
    task["updated_at"] = Value::Null;
    task
}

#[test]
fn a_deleted_task_is_there_again_with_all_that_it_had() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add_input(&json!({
        "title": "report", "notes": "two pages", "due": "2026-11-22T18:00:00+01:00", "time_zone": "Europe/Berlin",
        "priority": "high", "labels": ["work"],
    }));
    let done = user.ok("complete-task", json!({ "id": task["id"] }));
    user.ok("delete-tasks", json!({ "filter": { "ids": [task["id"]] } }));
    let outcome = restore(&user.later(5), &[&task["id"]], "deletion");
    assert_eq!((&outcome["count"], &outcome["remaining"]), (&json!(1), &json!(0)));
    assert_eq!(outcome["ids"], json!([task["id"]]));
    let back = user.read(&task);
    assert_eq!(outcome["tasks"][0], back, "answered as it is now");
    assert_eq!(content(&back), content(&done), "still done since the same instant");
    assert_eq!(back["version"], 4);
    let events = tools.events(&task);
    assert_eq!(events.last().map(String::as_str), Some("todo.task.restored 4"));
}

#[test]
fn completed_tasks_are_open_again() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let (a, b, open) = (user.add("a"), user.add("b"), user.add("open"));
    user.ok("complete-tasks", json!({ "filter": { "ids": [a["id"], b["id"]] } }));
    let outcome = restore(&user, &[&a["id"], &b["id"], &open["id"]], "completion");
    assert_eq!(outcome["count"], 2);
    assert!(user.read(&a)["completed_at"].is_null() && user.read(&b)["completed_at"].is_null());
    assert_eq!(user.read(&open), open);
    assert_eq!(tools.events(&a).last().map(String::as_str), Some("todo.task.reopened 3"));
}

#[test]
fn a_second_call_changes_nothing_more() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("a");
    user.ok("complete-task", json!({ "id": task["id"] }));
    user.ok("delete-task", json!({ "id": task["id"] }));
    assert_eq!(restore(&user, &[&task["id"]], "deletion")["count"], 1);
    let before = user.read(&task);
    let nothing = json!({ "dry_run": false, "count": 0, "remaining": 0, "ids": [], "tasks": [] });
    assert_eq!(restore(&user.later(9), &[&task["id"]], "deletion"), nothing);
    assert_eq!(user.read(&task), before);
}

#[test]
fn a_strangers_tasks_and_unknown_ones_are_never_meant() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    let task = alice.add("hers");
    alice.ok("delete-task", json!({ "id": task["id"] }));
    let unknown = json!("01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f");
    assert_eq!(restore(&bob, &[&task["id"], &unknown], "deletion")["count"], 0);
    assert_eq!(alice.error("get-task", json!({ "id": task["id"] })), json!({ "not_found": true }));
}

#[test]
fn ids_are_needed_and_a_hundred_are_enough() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    for (ids, pointer) in [(json!([]), "/ids"), (json!(vec!["x"; 101]), "/ids"), (json!(["x"]), "/ids/0")] {
        assert_eq!(user.pointers("restore-tasks", json!({ "ids": ids, "undo": "deletion" })), [pointer]);
    }
}
