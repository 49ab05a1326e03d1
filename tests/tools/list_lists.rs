//! Listing the lists.

use serde_json::{Value, json};

use crate::tool_harness::ToolHarness;

#[test]
fn who_has_no_lists_has_an_inbox() {
    let user = ToolHarness::shared().user();
    assert_eq!(user.ok("list-lists", json!({})), json!({ "items": [], "inbox_open_count": 0 }));
    user.add("loose");
    assert_eq!(user.ok("list-lists", json!({}))["inbox_open_count"], 1);
}

#[test]
fn counts_are_of_open_tasks() {
    let user = ToolHarness::shared().user();
    let list = user.ok("add-list", json!({ "name": "Work" }));
    let tasks = ["open", "done", "deleted", "open too"]
        .map(|title| user.ok("add-task", json!({ "title": title, "list_id": list["id"] })));
    user.add("loose");
    user.ok("complete-task", json!({ "id": tasks[1]["id"] }));
    user.ok("delete-task", json!({ "id": tasks[2]["id"] }));
    let lists = user.ok("list-lists", json!({}));
    assert_eq!((&lists["items"][0]["open_count"], &lists["inbox_open_count"]), (&json!(2), &json!(1)));
}

#[test]
fn archived_lists_come_when_asked_for_and_those_of_others_never() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    let old = alice.ok("add-list", json!({ "name": "Old" }));
    alice.ok("add-list", json!({ "name": "New" }));
    bob.ok("add-list", json!({ "name": "His" }));
    alice.ok("update-list", json!({ "id": old["id"], "archived": true }));
    let names = |archived: Value| {
        let lists = alice.ok("list-lists", json!({ "archived": archived }));
        let names = lists["items"].as_array().unwrap().iter().map(|list| list["name"].clone());
        names.collect::<Vec<_>>()
    };
    assert_eq!(names(Value::Null), ["New"]);
    assert_eq!(names(json!(false)), ["New"]);
    assert_eq!(names(json!(true)), ["Old", "New"]);
}
