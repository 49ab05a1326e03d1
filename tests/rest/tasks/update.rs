//! `PATCH /api/v1/tasks/{id}`

use harness::App;
use serde_json::json;

use crate::{TASKS, add, kind, path_of_new};

#[test]
fn what_is_left_out_stays_and_null_removes() {
    let user = App::shared().user();
    let task = add(
        &user,
        &json!({ "title": "x", "notes": "n", "due": "2027-01-01", "priority": "high", "labels": ["a"] }),
    );
    let path = format!("{TASKS}/{}", task["id"].as_str().expect("an id"));
    let renamed = user.patch(&path, &json!({ "title": "y" })).expect(200).json();
    assert_eq!(
        (&renamed["title"], &renamed["notes"], &renamed["due"]),
        (&json!("y"), &json!("n"), &json!("2027-01-01"))
    );
    let patch = json!({ "notes": null, "due": null, "time_zone": null, "priority": null, "labels": null });
    let cleared = user.patch(&path, &patch).expect(200).json();
    for member in ["notes", "due", "time_zone"] {
        assert!(cleared[member].is_null(), "{member}");
    }
    assert_eq!((&cleared["priority"], &cleared["labels"]), (&json!("normal"), &json!([])));
    assert_eq!((&cleared["version"], &cleared["title"]), (&json!(3), &json!("y")));
}

#[test]
fn plain_json_is_a_merge_patch_too() {
    let user = App::shared().user();
    let path = path_of_new(&user, "x");
    let answer = user.request("PATCH", &path).json(&json!({ "title": "y" })).send().expect(200);
    assert_eq!((answer.json()["title"].as_str(), answer.header("etag")), (Some("y"), Some("\"2\"")));
}

#[test]
fn the_later_of_two_writers_with_the_same_version_gets_412() {
    let user = App::shared().user();
    let path = path_of_new(&user, "x");
    let write = |title: &str| {
        let request =
            user.request("PATCH", &path).json(&json!({ "title": title })).header("if-match", "\"1\"");
        request.send()
    };
    write("first").expect(200);
    let second = write("second").expect(412);
    assert_eq!(kind(&second), "precondition-failed");
    assert_eq!(user.get(&path).expect(200).json()["title"], "first");
}

#[test]
fn one_of_several_tags_is_enough() {
    let user = App::shared().user();
    let path = path_of_new(&user, "x");
    let write = |tags: &str| {
        user.request("PATCH", &path).json(&json!({ "title": "y" })).header("if-match", tags).send()
    };
    write("\"7\", \"1\"").expect(200);
    write("\"7\", \"1\"").expect(412);
    write("*").expect(200);
}

#[test]
fn another_user_changes_nothing() {
    let owner = App::shared().user();
    let path = path_of_new(&owner, "mine");
    let other = App::shared().user();
    other.patch(&path, &json!({ "title": "yours" })).expect(404);
    other.delete(&path).expect(404);
    other.request("POST", &format!("{path}/complete")).send().expect(404);
    let task = owner.get(&path).expect(200).json();
    assert_eq!((&task["title"], &task["version"]), (&json!("mine"), &json!(1)));
}
