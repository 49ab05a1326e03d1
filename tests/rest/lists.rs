//! `/api/v1/lists`, and the list of a task.

use harness::App;
use serde_json::{Value, json};

use crate::{TASKS, add, kind, titles};

const LISTS: &str = "/api/v1/lists";

#[test]
fn a_list_is_added_changed_and_deleted_and_its_tasks_stay() {
    let user = App::shared().user();
    let made = user.post(LISTS, &json!({ "name": "Work", "colour": "blue" })).expect(201);
    assert_eq!(made.header("etag"), Some("\"1\""));
    let list = made.json();
    let path = format!("{LISTS}/{}", list["id"].as_str().expect("an id"));
    let task = add(&user, &json!({ "title": "x", "list_id": list["id"] }));
    assert_eq!(task["list"], "Work");

    let patched = user.patch(&path, &json!({ "name": "Office", "colour": null })).expect(200);
    assert_eq!((patched.header("etag"), &patched.json()["colour"]), (Some("\"2\""), &json!("grey")));
    let listed = user.get(LISTS).expect(200).json();
    assert_eq!(
        (&listed["items"][0]["name"], &listed["items"][0]["open_count"]),
        (&json!("Office"), &json!(1))
    );

    let deletion = user.delete(&path).expect(200).json();
    assert_eq!((&deletion["list"]["name"], &deletion["moved_count"]), (&json!("Office"), &json!(1)));
    let task = user.get(&format!("{TASKS}/{}", task["id"].as_str().expect("an id"))).expect(200).json();
    assert_eq!((&task["list_id"], &task["list"]), (&Value::Null, &Value::Null));
    assert_eq!(kind(&user.delete(&path).expect(404)), "list-not-found");
}

#[test]
fn a_task_is_moved_by_a_patch_and_tasks_are_listed_by_their_list() {
    let user = App::shared().user();
    let list = user.post(LISTS, &json!({ "name": "Work" })).expect(201).json();
    let id = list["id"].as_str().expect("an id");
    let task = add(&user, &json!({ "title": "moved" }));
    add(&user, &json!({ "title": "loose" }));
    let path = format!("{TASKS}/{}", task["id"].as_str().expect("an id"));
    assert_eq!(user.patch(&path, &json!({ "list_id": id })).expect(200).json()["list"], "Work");
    assert_eq!(titles(&user.get(&format!("{TASKS}?list={id}")).expect(200).json()), ["moved"]);
    assert_eq!(titles(&user.get(&format!("{TASKS}?list=inbox")).expect(200).json()), ["loose"]);
    assert_eq!(titles(&user.get(&format!("{TASKS}/search?q=moved&list={id}")).expect(200).json()), ["moved"]);
    let csv = user.get(&format!("{TASKS}/export?format=csv&list={id}")).expect(200).body;
    assert!(csv.contains(",Work,") && !csv.contains("loose"), "{csv}");
    assert_eq!(user.patch(&path, &json!({ "list_id": null })).expect(200).json()["list_id"], Value::Null);
}

#[test]
fn the_later_of_two_writers_with_the_same_version_gets_412() {
    let user = App::shared().user();
    let list = user.post(LISTS, &json!({ "name": "Work" })).expect(201).json();
    let path = format!("{LISTS}/{}", list["id"].as_str().expect("an id"));
    let write = |method: &str, version: &str| {
        let request = user.request(method, &path).header("if-match", version);
        if method == "PATCH" { request.json(&json!({ "colour": "red" })).send() } else { request.send() }
    };
    write("PATCH", "\"1\"").expect(200);
    for (method, version) in [("PATCH", "\"1\""), ("PATCH", "\"1\", \"7\""), ("DELETE", "\"1\"")] {
        assert_eq!(kind(&write(method, version).expect(412)), "precondition-failed", "{method} {version}");
    }
    write("DELETE", "\"2\", \"7\"").expect(200);
}

#[test]
fn lists_stand_in_the_order_that_they_were_put_into() {
    let user = App::shared().user();
    let ids = ["a", "b", "c"].map(|name| {
        let list = user.post(LISTS, &json!({ "name": name })).expect(201).json();
        list["id"].as_str().expect("an id").to_owned()
    });
    user.patch(&format!("{LISTS}/{}", ids[2]), &json!({ "before": ids[0] })).expect(200);
    user.patch(&format!("{LISTS}/{}", ids[0]), &json!({ "archived": true })).expect(200);
    let names = |path: &str| {
        let lists = user.get(path).expect(200).json();
        let items = lists["items"].as_array().expect("lists").iter();
        items.map(|list| list["name"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(LISTS), ["c", "b"]);
    assert_eq!(names(&format!("{LISTS}?archived=true")), ["c", "a", "b"]);
}
