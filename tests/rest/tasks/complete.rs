//! `POST /api/v1/tasks/{id}/complete`

use harness::App;
use serde_json::json;

use crate::path_of_new;

#[test]
fn a_done_task_stays_done_at_the_same_instant() {
    let user = App::shared().user();
    let path = path_of_new(&user, "x");
    let complete = || user.request("POST", &format!("{path}/complete")).send().expect(200);
    let first = complete();
    assert!(first.json()["completed_at"].as_str().is_some_and(|instant| instant.ends_with('Z')));
    assert_eq!(first.header("etag"), Some("\"2\""));
    assert_eq!(complete().json(), first.json());
}

#[test]
fn an_empty_object_is_no_body() {
    let user = App::shared().user();
    let path = path_of_new(&user, "x");
    user.post(&format!("{path}/complete"), &json!({})).expect(200);
}

#[test]
fn only_the_version_that_was_seen_is_completed() {
    let user = App::shared().user();
    let path = path_of_new(&user, "x");
    user.patch(&path, &json!({ "title": "y" })).expect(200);
    let complete =
        |tag: &str| user.request("POST", &format!("{path}/complete")).header("if-match", tag).send();
    complete("\"1\"").expect(412);
    assert!(user.get(&path).expect(200).json()["completed_at"].is_null());
    complete("\"2\"").expect(200);
}
