//! Reading a task.

use serde_json::json;

use crate::door::on_both;

on_both! {
    fn what_was_added_is_read_back(door) {
        let user = door.user();
        let task = user.add("read me");
        assert_eq!(user.ok("get-task", json!({ "id": task["id"] })), task);
        let upper = task["id"].as_str().unwrap().to_uppercase();
        assert_eq!(user.ok("get-task", json!({ "id": upper })), task);
    }

    fn what_is_not_there_for_this_user_is_not_found_whatever_the_reason(door) {
        let (alice, bob) = (door.user(), door.user());
        let of_alice = alice.add("hers");
        let deleted = bob.add("gone");
        bob.ok("delete-task", json!({ "id": deleted["id"] }));
        for id in [&of_alice["id"], &deleted["id"], &json!("01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f")] {
            assert_eq!(bob.error("get-task", json!({ "id": id })), json!({ "not_found": true }));
        }
    }

    fn what_is_no_id_is_invalid(door) {
        for id in ["", "7", "01936f2e5d1c7b3a9c4e8f2a6b7d0e1f", "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f'--"] {
            assert_eq!(door.user().pointers("get-task", json!({ "id": id })), ["/id"], "{id}");
        }
    }
}
