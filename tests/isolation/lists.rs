//! Whatever a user does to the list of another one, through whichever endpoint: it is not found, and stays as it is.

use harness::{App, Caller};
use serde_json::{Value, json};

const LISTS: &str = "/api/v1/lists";

fn lists(caller: &Caller) -> Value {
    caller.get(&format!("{LISTS}?archived=true")).expect(200).json()
}

#[test]
fn the_list_of_another_user_is_not_found_and_stays_as_it_is() {
    let app = App::shared();
    let (alice, bob) = (app.user(), app.user());
    let hers = alice.post(LISTS, &json!({ "name": "hers" })).expect(201).json()["id"].clone();
    alice.post("/api/v1/tasks", &json!({ "title": "secret", "list_id": hers })).expect(201);
    let his = bob.post(LISTS, &json!({ "name": "his" })).expect(201).json()["id"].clone();
    let task = bob.post("/api/v1/tasks", &json!({ "title": "t" })).expect(201).json()["id"].clone();
    let before = (lists(&alice), lists(&bob));

    let (of_hers, of_his) =
        (format!("{LISTS}/{}", hers.as_str().unwrap()), format!("{LISTS}/{}", his.as_str().unwrap()));
    let of_task = format!("/api/v1/tasks/{}", task.as_str().unwrap());
    for answer in [
        bob.patch(&of_hers, &json!({ "name": "mine" })),
        bob.patch(&of_his, &json!({ "before": hers })),
        bob.patch(&of_his, &json!({ "parent_id": hers })),
        bob.post(LISTS, &json!({ "name": "x", "parent_id": hers })),
        bob.post("/api/v1/tasks", &json!({ "title": "x", "list_id": hers })),
        bob.patch(&of_task, &json!({ "list_id": hers })),
        bob.delete(&of_hers),
    ] {
        assert_eq!(answer.expect(404).json()["type"], "/problems/list-not-found");
    }
    for (tool, arguments) in [
        ("update_list", json!({ "id": hers, "archived": true })),
        ("delete_list", json!({ "id": hers, "confirm": true })),
        ("add_task", json!({ "title": "x", "list_id": hers })),
        ("update_task", json!({ "id": task, "list_id": hers })),
    ] {
        let result = bob.call_tool(tool, &arguments);
        assert!(
            result["isError"] == true && result.to_string().contains("list-not-found"),
            "{tool}: {result}"
        );
    }
    let listed = bob.get(&format!("/api/v1/tasks?list={}", hers.as_str().unwrap())).expect(200).json();
    assert_eq!(listed["items"], json!([]));
    let listed = bob.call_tool("list_tasks", &json!({ "list": hers }));
    assert_eq!(listed["structuredContent"]["items"], json!([]));
    assert_eq!((lists(&alice), lists(&bob)), before);
}
