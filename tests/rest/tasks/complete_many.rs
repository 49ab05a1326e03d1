//! `POST /api/v1/tasks/complete`

use harness::App;
use serde_json::json;

use crate::{TASKS, add, titles};

#[test]
fn what_matches_is_done_and_the_rest_stays_open() {
    let user = App::shared().user();
    for (title, label) in [("a", "x"), ("b", "y"), ("c", "x")] {
        add(&user, &json!({ "title": title, "labels": [label] }));
    }
    let path = format!("{TASKS}/complete");
    let dry = user.post(&path, &json!({ "filter": { "label": "x" }, "dry_run": true })).expect(200).json();
    assert_eq!((&dry["count"], &dry["dry_run"]), (&json!(2), &json!(true)));
    assert_eq!(titles(&user.get(&format!("{TASKS}?status=open")).expect(200).json()).len(), 3);
    let done = user.post(&path, &json!({ "filter": { "label": "x" } })).expect(200).json();
    assert_eq!((&done["count"], &done["remaining"], &done["ids"]), (&json!(2), &json!(0), &dry["ids"]));
    assert_eq!(titles(&user.get(&format!("{TASKS}?status=open")).expect(200).json()), ["b"]);
}

#[test]
fn days_are_those_of_the_caller() {
    let user = App::shared().user();
    add(&user, &json!({ "title": "late", "due": "2030-11-22T23:30:00Z" }));
    let on_the_22nd = json!({ "filter": { "due_after": "2030-11-22", "due_before": "2030-11-23" } });
    let complete = |zone| {
        user.request("POST", &format!("{TASKS}/complete")).header("time-zone", zone).json(&on_the_22nd)
    };
    assert_eq!(complete("Europe/Berlin").send().expect(200).json()["count"], 0);
    assert_eq!(complete("UTC").send().expect(200).json()["count"], 1);
}
