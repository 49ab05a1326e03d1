//! Subtasks over REST: `parent_id` of a new task and of a patch, and the filter.

use harness::App;
use serde_json::{Value, json};

#[test]
fn a_subtask_is_added_listed_taken_out_and_completed_with_its_parent() {
    let user = App::shared().user();
    let add = |task: &Value| user.post("/api/v1/tasks", task).expect(201).json();
    let trip = add(&json!({ "title": "trip" }));
    let (pack, book) = (
        add(&json!({ "title": "pack", "parent_id": trip["id"] })),
        add(&json!({ "title": "book", "parent_id": trip["id"] })),
    );
    let path = |task: &Value| format!("/api/v1/tasks/{}", task["id"].as_str().unwrap());
    let read = user.get(&path(&trip)).expect(200);
    assert_eq!(read.json()["subtasks"], json!({ "open": 2, "completed": 0, "changed": 0 }));
    assert_eq!(read.header("etag"), Some("\"1\""), "a subtask changes nothing of its parent");
    let of_trip = format!("/api/v1/tasks?parent_id={}", trip["id"].as_str().unwrap());
    assert_eq!(user.get(&of_trip).expect(200).json()["items"].as_array().unwrap().len(), 2);
    let out = user.patch(&path(&book), &json!({ "parent_id": null })).expect(200).json();
    assert_eq!((&out["parent_id"], &out["version"]), (&Value::Null, &json!(2)));
    let below = user.patch(&path(&book), &json!({ "parent_id": pack["id"] })).expect(200).json();
    assert_eq!(below["parent_id"], pack["id"]);
    let circle = user.patch(&path(&trip), &json!({ "parent_id": book["id"] })).expect(422).json();
    assert_eq!(circle["errors"][0]["pointer"], "/parent_id");
    let done = user.request("POST", &format!("{}/complete", path(&trip))).send().expect(200).json();
    assert_eq!(done["subtasks"], json!({ "open": 0, "completed": 1, "changed": 2 }));
    user.request("DELETE", &path(&trip)).send().expect(204);
    user.get(&path(&book)).expect(404);
}
