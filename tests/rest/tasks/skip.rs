//! `POST /api/v1/tasks/{id}/skip`, and tasks that repeat over REST.

use harness::{App, Caller};
use serde_json::json;

use crate::path_of_new;

fn path_of_repeating(user: &Caller) -> String {
    let task = json!({ "title": "x", "due": "2027-01-01", "recurrence": { "rule": "FREQ=WEEKLY;BYDAY=FR" } });
    let added = user.post("/api/v1/tasks", &task).expect(201).json();
    assert_eq!(added["recurrence"]["words"], "every Friday");
    format!("/api/v1/tasks/{}", added["id"].as_str().unwrap())
}

#[test]
fn a_skipped_occurrence_gives_way_to_the_next() {
    let user = App::shared().user();
    let path = path_of_repeating(&user);
    let skipped =
        user.request("POST", &format!("{path}/skip")).header("if-match", "\"1\"").send().expect(200);
    assert_eq!(skipped.header("etag"), Some("\"2\""));
    assert_eq!(skipped.json()["due"], "2027-01-08");
    user.request("POST", &format!("{path}/skip")).header("if-match", "\"1\"").send().expect(412);
    let once = path_of_new(&user, "x");
    user.request("POST", &format!("{once}/skip")).send().expect(422);
}

#[test]
fn completing_moves_on_and_null_ends_the_repetition() {
    let user = App::shared().user();
    let path = path_of_repeating(&user);
    let moved = user.request("POST", &format!("{path}/complete")).send().expect(200).json();
    assert_eq!((&moved["due"], &moved["completed_at"]), (&json!("2027-01-08"), &json!(null)));
    let ended = user.patch(&path, &json!({ "recurrence": null })).expect(200).json();
    assert_eq!((&ended["due"], &ended["recurrence"]), (&json!("2027-01-08"), &json!(null)));
    let done = user.request("POST", &format!("{path}/complete")).send().expect(200).json();
    assert!(!done["completed_at"].is_null());
}
