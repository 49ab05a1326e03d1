//! Deleting a list.

use serde_json::{Value, json};

use crate::tool_harness::ToolHarness;

#[test]
fn its_tasks_are_in_the_inbox_and_nested_lists_at_the_top() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let list = user.ok("add-list", json!({ "name": "Work" }));
    let nested = user.ok("add-list", json!({ "name": "Mail", "parent_id": list["id"] }));
    let tasks = ["open", "done", "deleted"]
        .map(|title| user.ok("add-task", json!({ "title": title, "list_id": list["id"] })));
    let elsewhere = user.ok("add-task", json!({ "title": "elsewhere", "list_id": nested["id"] }));
    user.ok("complete-task", json!({ "id": tasks[1]["id"] }));
    user.ok("delete-task", json!({ "id": tasks[2]["id"] }));

    let deletion = user.ok("delete-list", json!({ "id": list["id"] }));
    assert_eq!((&deletion["moved_count"], &deletion["raised_count"]), (&json!(2), &json!(1)));
    assert_eq!((&deletion["list"]["name"], &deletion["list"]["open_count"]), (&json!("Work"), &json!(1)));
    let lists = user.ok("list-lists", json!({}));
    assert_eq!(lists["items"].as_array().unwrap().len(), 1);
    assert_eq!((&lists["items"][0]["name"], &lists["items"][0]["parent_id"]), (&json!("Mail"), &Value::Null));
    assert_eq!(lists["inbox_open_count"], 1);

    let moved = user.read(&tasks[0]);
    assert_eq!(
        (&moved["list_id"], &moved["list"], &moved["version"]),
        (&Value::Null, &Value::Null, &json!(2))
    );
    assert_eq!(tools.events(&tasks[0]), ["todo.task.created 1", "todo.task.updated 2"]);
    assert!(user.read(&tasks[1])["completed_at"].is_string());
    assert_eq!(user.read(&elsewhere)["list"], "Mail");
    let back = user.ok("restore-tasks", json!({ "ids": [tasks[2]["id"]], "undo": "deletion" }));
    assert_eq!((&back["tasks"][0]["title"], &back["tasks"][0]["list_id"]), (&json!("deleted"), &Value::Null));
    assert_eq!(user.error("delete-list", json!({ "id": list["id"] })), json!({ "list_not_found": true }));
}

#[test]
fn a_stale_version_conflicts_and_deletes_nothing() {
    let user = ToolHarness::shared().user();
    let list = user.ok("add-list", json!({ "name": "Work" }));
    let task = user.ok("add-task", json!({ "title": "t", "list_id": list["id"] }));
    user.ok("update-list", json!({ "id": list["id"], "name": "Office" }));
    assert_eq!(
        user.error("delete-list", json!({ "id": list["id"], "version": 1 })),
        json!({ "conflict": 2 })
    );
    assert_eq!(user.read(&task)["list"], "Office");
    assert_eq!(user.ok("delete-list", json!({ "id": list["id"], "version": 2 }))["moved_count"], 1);
}

#[test]
fn a_strangers_list_is_not_found_and_stays() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    let list = alice.ok("add-list", json!({ "name": "hers" }));
    let task = alice.ok("add-task", json!({ "title": "t", "list_id": list["id"] }));
    assert_eq!(bob.error("delete-list", json!({ "id": list["id"] })), json!({ "list_not_found": true }));
    assert_eq!(alice.read(&task), task);
}
