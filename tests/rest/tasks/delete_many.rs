//! `POST /api/v1/tasks/delete`

use harness::App;
use serde_json::json;

use crate::{TASKS, add, kind, titles};

#[test]
fn what_matches_is_gone_and_the_rest_stays() {
    let (ann, bob) = (App::shared().user(), App::shared().user());
    for user in [&ann, &bob] {
        for (title, label) in [("a", "x"), ("b", "y"), ("c", "x")] {
            add(user, &json!({ "title": title, "labels": [label] }));
        }
    }
    let path = format!("{TASKS}/delete");
    let dry = ann.post(&path, &json!({ "filter": { "label": "x" }, "dry_run": true })).expect(200).json();
    assert_eq!((&dry["count"], &dry["dry_run"]), (&json!(2), &json!(true)));
    let gone = ann.post(&path, &json!({ "filter": { "label": "x" } })).expect(200).json();
    assert_eq!((&gone["count"], &gone["tasks"]), (&json!(2), &dry["tasks"]));
    assert_eq!(titles(&ann.get(TASKS).expect(200).json()), ["b"]);
    assert_eq!(titles(&bob.get(TASKS).expect(200).json()).len(), 3);
}

#[test]
fn the_right_to_change_is_no_right_to_delete() {
    let user = App::shared().user_with("tasks:read tasks:write", 900);
    let answer =
        user.post(&format!("{TASKS}/delete"), &json!({ "filter": { "status": "open" } })).expect(403);
    assert_eq!(kind(&answer), "insufficient-scope");
    assert!(answer.header("www-authenticate").is_some_and(|challenge| challenge.contains("tasks:delete")));
}
