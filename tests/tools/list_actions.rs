//! Listing what was done to tasks.

use serde_json::{Value, json};

use crate::tool_harness::{ToolHarness, User};

fn listed(user: &User<'_>, query: Value) -> Vec<(String, u64)> {
    let actions = user.ok("list-actions", query);
    let kind = |action: &Value| action["kind"].as_str().unwrap().to_owned();
    actions["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (kind(one), one["count"].as_u64().unwrap()))
        .collect()
}

#[test]
fn the_latest_stands_first_with_what_was_done_to_how_many() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    assert_eq!(listed(&user, json!({})), []);
    let parent = user.add("parent");
    // A second later, so that its id stands behind.
    user.later(1).add_input(&json!({ "title": "child", "parent_id": parent["id"] }));
    user.ok("complete-task", json!({ "id": parent["id"] }));
    user.ok("reopen-task", json!({ "id": parent["id"] }));
    user.ok("update-task", json!({ "id": parent["id"], "title": "renamed" }));
    // What changes nothing is no action.
    user.ok("update-task", json!({ "id": parent["id"], "title": "renamed" }));
    user.ok("delete-tasks", json!({ "filter": { "ids": [parent["id"]] }, "dry_run": true }));
    user.ok("delete-task", json!({ "id": parent["id"] }));
    user.ok("restore-tasks", json!({ "ids": [parent["id"]], "undo": "deletion" }));
    let expected = [
        ("restored", 2),
        ("deleted", 2),
        ("updated", 1),
        ("reopened", 1),
        ("completed", 2),
        ("added", 1),
        ("added", 1),
    ];
    assert_eq!(listed(&user, json!({})), expected.map(|(kind, count)| (kind.to_owned(), count)));
    assert_eq!(listed(&user, json!({ "limit": 1 })).len(), 1);
    let actions = user.ok("list-actions", json!({ "limit": 2 }));
    let titles: Vec<&Value> =
        actions["items"][0]["tasks"].as_array().unwrap().iter().map(|task| &task["title"]).collect();
    assert_eq!(titles, ["renamed", "child"], "as they are called now");
    assert_eq!(user.pointers("list-actions", json!({ "limit": 101 })), ["/limit"]);
}

#[test]
fn what_was_taken_back_says_so() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    user.add("one");
    user.add("two");
    user.ok("undo-action", json!({}));
    let actions = user.ok("list-actions", json!({}));
    assert_eq!(
        (&actions["items"][0]["undone"], &actions["items"][1]["undone"]),
        (&json!(true), &json!(false))
    );
}

#[test]
fn what_another_user_did_never_comes() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    alice.add("hers");
    assert_eq!(listed(&bob, json!({})), []);
}
