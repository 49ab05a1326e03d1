//! `/api/v1/actions`: what was done to tasks, over whichever endpoint, is listed, taken back and done again.

use harness::App;
use serde_json::{Value, json};

use crate::{TASKS, add, kind, path_of_new};

const ACTIONS: &str = "/api/v1/actions";

#[test]
fn the_latest_is_undone_and_redone() {
    let user = App::shared().user();
    let path = path_of_new(&user, "milk");
    user.request("POST", &format!("{path}/complete")).send().expect(200);
    let undone = user.post(&format!("{ACTIONS}/undo"), &json!({})).expect(200).json();
    assert_eq!(
        (&undone["kind"], &undone["undone"], &undone["count"]),
        (&json!("completed"), &json!(true), &json!(1))
    );
    assert!(user.get(&path).json()["completed_at"].is_null());
    let redone = user.post(&format!("{ACTIONS}/redo"), &json!({})).expect(200).json();
    assert_eq!((&redone["id"], &redone["undone"]), (&undone["id"], &json!(false)));
    assert!(user.get(&path).json()["completed_at"].is_string());
    let listed = user.get(&format!("{ACTIONS}?limit=1")).expect(200).json();
    assert_eq!(listed["items"], json!([redone]));
}

#[test]
fn what_was_changed_since_is_a_conflict_and_nothing_to_undo_is_not_found() {
    let user = App::shared().user();
    assert_eq!(kind(&user.post(&format!("{ACTIONS}/undo"), &json!({})).expect(404)), "action-not-found");
    let task = add(&user, &json!({ "title": "milk" }));
    let added = user.get(ACTIONS).json()["items"][0].clone();
    let path = format!("{TASKS}/{}", task["id"].as_str().unwrap());
    user.request("POST", &format!("{path}/complete")).send().expect(200);
    let answer = user.post(&format!("{ACTIONS}/undo"), &json!({ "id": added["id"] })).expect(409);
    assert_eq!(kind(&answer), "action-overtaken");
    assert_eq!(kind(&user.post(&format!("{ACTIONS}/redo"), &json!({})).expect(404)), "action-not-found");
    let wrong: Value = user.post(&format!("{ACTIONS}/undo"), &json!({ "id": "7" })).expect(422).json();
    assert_eq!(wrong["errors"][0]["pointer"], "/id");
}
