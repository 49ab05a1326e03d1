//! Reading a task.

use serde_json::json;

use crate::tool_harness::ToolHarness;

#[test]
fn what_was_added_is_read_back() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("read me");
    assert_eq!(user.ok("get-task", json!({ "id": task["id"] })), task);
    let upper = task["id"].as_str().unwrap().to_uppercase();
    assert_eq!(user.ok("get-task", json!({ "id": upper })), task);
}

#[test]
fn what_is_not_there_for_this_user_is_not_found_whatever_the_reason() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    let of_alice = alice.add("hers");
    let deleted = bob.add("gone");
    bob.ok("delete-task", json!({ "id": deleted["id"] }));
    for id in [&of_alice["id"], &deleted["id"], &json!("01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f")] {
        assert_eq!(bob.error("get-task", json!({ "id": id })), json!({ "not_found": true }));
    }
}

#[test]
fn what_is_no_id_is_invalid() {
    let tools = ToolHarness::shared();
    for id in ["", "7", "01936f2e5d1c7b3a9c4e8f2a6b7d0e1f", "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f'--"] {
        assert_eq!(tools.user().pointers("get-task", json!({ "id": id })), ["/id"], "{id}");
    }
}
