//! `POST /api/v1/tasks`

use harness::App;
use serde_json::json;

use crate::{TASKS, add, titles};

#[test]
fn a_task_is_made_and_found_where_location_says() {
    let user = App::shared().user();
    let task = json!({
        "title": "  Call Ann ", "notes": "About the trip", "due": "2027-07-01T18:00:00+02:00",
        "time_zone": "Europe/Berlin", "priority": "high", "labels": ["Home", "phone", "home"],
    });
    let answer = user.post(TASKS, &task).expect(201);
    let made = answer.json();
    assert_eq!(made["title"], "Call Ann");
    assert_eq!(made["due"], "2027-07-01T18:00:00+02:00");
    assert_eq!(made["labels"], json!(["home", "phone"]));
    assert_eq!((&made["version"], &made["completed_at"]), (&json!(1), &json!(null)));
    assert_eq!(answer.header("etag"), Some("\"1\""));
    let location = answer.header("location").expect("a location");
    assert_eq!(user.get(location).expect(200).json(), made);
}

#[test]
fn a_title_is_enough() {
    let user = App::shared().user();
    let made = add(&user, &json!({ "title": "x" }));
    for member in ["notes", "due", "time_zone", "completed_at"] {
        assert!(made[member].is_null(), "{member}");
    }
    assert_eq!((&made["priority"], &made["labels"]), (&json!("normal"), &json!([])));
}

#[test]
fn a_repeated_request_with_the_same_key_makes_one_task() {
    let user = App::shared().user();
    let send = |key: &str| {
        let request =
            user.request("POST", TASKS).json(&json!({ "title": "once" })).header("idempotency-key", key);
        request.send().expect(201).json()
    };
    let first = send("\"key-1\"");
    assert_eq!(send("\"key-1\"")["id"], first["id"]);
    assert_eq!(send("key-1")["id"], first["id"], "quoted and bare are the same key");
    assert_ne!(send("\"key-2\"")["id"], first["id"]);
    assert_eq!(titles(&user.get(TASKS).expect(200).json()).len(), 2);
}

#[test]
fn a_key_that_came_with_another_task_is_refused() {
    let user = App::shared().user();
    let send = |title: &str| {
        user.request("POST", TASKS).json(&json!({ "title": title })).header("idempotency-key", "key").send()
    };
    send("first").expect(201);
    assert_eq!(crate::kind(&send("second").expect(422)), "invalid-input");
    assert_eq!(titles(&user.get(TASKS).expect(200).json()), ["first"]);
}

#[test]
fn a_key_of_one_user_says_nothing_to_another() {
    let (ann, bob) = (App::shared().user(), App::shared().user());
    let send = |user: &harness::Caller, title: &str| {
        let request =
            user.request("POST", TASKS).json(&json!({ "title": title })).header("idempotency-key", "shared");
        request.send().expect(201).json()
    };
    let anns = send(&ann, "Ann's");
    let bobs = send(&bob, "Bob's");
    assert_ne!(anns["id"], bobs["id"]);
    assert_eq!(bobs["title"], "Bob's");
}
