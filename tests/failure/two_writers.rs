//! Two people, or two tabs, change one task: the later one with a stale version is told, and nothing is lost.

use std::thread;

use harness::App;
use serde_json::json;

#[test]
fn the_writer_with_a_stale_version_gets_412_over_rest_and_a_conflict_over_mcp() {
    let alice = App::shared().user();
    let task = alice.post("/api/v1/tasks", &json!({ "title": "Report" })).expect(201);
    let etag = task.header("etag").unwrap().to_owned();
    let id = task.json()["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/tasks/{id}");
    let change = |body: serde_json::Value| {
        let request = alice.request("PATCH", &path).body(body.to_string());
        request.header("content-type", "application/merge-patch+json").header("if-match", &etag).send()
    };
    change(json!({ "notes": "first" })).expect(200);
    let problem = change(json!({ "notes": "second" })).expect(412).json();
    assert_eq!(problem["status"], 412);
    alice.request("DELETE", &path).header("if-match", &etag).send().expect(412);
    let result = alice.call_tool("update_task", &json!({ "id": id, "version": 1, "notes": "third" }));
    assert_eq!(result["isError"], true);
    assert_eq!(alice.get(&path).expect(200).json()["notes"], "first");
}

#[test]
fn of_many_writers_with_the_same_version_exactly_one_succeeds() {
    let alice = App::shared().user();
    let task = alice.post("/api/v1/tasks", &json!({ "title": "Report" })).expect(201).json();
    let path = format!("/api/v1/tasks/{}", task["id"].as_str().unwrap());
    let (alice, path) = (&alice, &path);
    let statuses: Vec<u16> = thread::scope(|scope| {
        let writers: Vec<_> = (0..12)
            .map(|number| {
                scope.spawn(move || {
                    let request = alice.request("PATCH", path).json(&json!({ "notes": number.to_string() }));
                    request.header("if-match", "\"1\"").send().status
                })
            })
            .collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 412).count(), 11, "{statuses:?}");
    assert_eq!(alice.get(path).expect(200).json()["version"], 2);
}

#[test]
fn many_adds_with_one_idempotency_key_make_one_task() {
    let alice = App::shared().user();
    let key = uuid::Uuid::new_v4().to_string();
    let (alice, key) = (&alice, &key);
    let ids: Vec<String> = thread::scope(|scope| {
        let writers: Vec<_> = (0..12)
            .map(|_| {
                scope.spawn(move || {
                    let request = alice.request("POST", "/api/v1/tasks").json(&json!({ "title": "Once" }));
                    let answer = request.header("idempotency-key", key).send().expect(201).json();
                    answer["id"].as_str().unwrap().to_owned()
                })
            })
            .collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(alice.get("/api/v1/tasks").expect(200).json()["items"].as_array().unwrap().len(), 1);
}
