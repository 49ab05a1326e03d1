//! Reading a task.

use serde_json::json;

use crate::door::Door;

#[test]
fn what_was_added_is_read_back() {
    let door = Door::shared();
    let user = door.user();
    let task = user.add("read me");
    assert_eq!(user.ok("get-task", json!({ "id": task["id"] })), task);
    let upper = task["id"].as_str().unwrap().to_uppercase();
    assert_eq!(user.ok("get-task", json!({ "id": upper })), task);
}

#[test]
fn what_is_not_there_for_this_user_is_not_found_whatever_the_reason() {
    let door = Door::shared();
    let (alice, bob) = (door.user(), door.user());
    let of_alice = alice.add("hers");
    let deleted = bob.add("gone");
    bob.ok("delete-task", json!({ "id": deleted["id"] }));
    for id in [&of_alice["id"], &deleted["id"], &json!("01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f")] {
        assert_eq!(bob.error("get-task", json!({ "id": id })), json!({ "not_found": true }));
    }
}

#[test]
fn what_is_no_id_is_invalid() {
    let door = Door::shared();
    for id in ["", "7", "01936f2e5d1c7b3a9c4e8f2a6b7d0e1f", "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f'--"] {
        assert_eq!(door.user().pointers("get-task", json!({ "id": id })), ["/id"], "{id}");
    }
}
