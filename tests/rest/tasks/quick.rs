//! `POST /api/v1/tasks/quick`

use harness::App;
use serde_json::{Value, json};

use crate::{TASKS, titles};

const QUICK: &str = "/api/v1/tasks/quick";

#[test]
fn a_line_is_a_task_and_found_where_location_says() {
    let user = App::shared().user();
    let answer = user.post(QUICK, &json!({ "text": "Pay rent on 2031-03-05 p1 #home" })).expect(201);
    let outcome = answer.json();
    let task = &outcome["task"];
    assert_eq!((&task["title"], &task["due"]), (&json!("Pay rent"), &json!("2031-03-05")));
    assert_eq!(answer.header("etag"), Some("\"1\""));
    let location = answer.header("location").expect("a location");
    assert_eq!(user.get(location).expect(200).json(), *task);
    let kinds: Vec<&Value> = outcome["spans"].as_array().unwrap().iter().map(|span| &span["kind"]).collect();
    assert_eq!(kinds, ["due", "priority", "label"]);
}

#[test]
fn a_preview_answers_what_would_be_and_has_no_effect() {
    let user = App::shared().user();
    let request = user.request("POST", QUICK).header("time-zone", "Asia/Tokyo");
    let answer =
        request.json(&json!({ "text": "Call Ann 2031-03-05 18:00", "preview": true })).send().expect(200);
    assert_eq!((answer.header("etag"), answer.header("location")), (None, None));
    let outcome = answer.json();
    assert_eq!((&outcome["task"], &outcome["draft"]["title"]), (&json!(null), &json!("Call Ann")));
    assert_eq!(outcome["draft"]["due"], "2031-03-05T18:00:00+09:00");
    assert!(titles(&user.get(TASKS).expect(200).json()).is_empty());
}

#[test]
fn a_span_that_is_named_in_ignore_stays_in_the_title() {
    let user = App::shared().user();
    let text = "🎂 cake for Friday 5 march 2031 p4";
    let read = user.post(QUICK, &json!({ "text": text, "preview": true })).expect(200).json();
    let span = &read["spans"][0];
    let place = |member: &str| usize::try_from(span[member].as_u64().unwrap()).unwrap();
    let part: String = text.chars().skip(place("start")).take(place("end") - place("start")).collect();
    assert_eq!(span["text"], part);
    let ignore = json!([{ "start": span["start"], "end": span["end"] }]);
    let added = user.post(QUICK, &json!({ "text": text, "ignore": ignore })).expect(201).json();
    assert_eq!(added["task"]["title"], "🎂 cake for Friday 5 march 2031");
    assert_eq!((&added["task"]["due"], &added["task"]["priority"]), (&json!(null), &json!("low")));
}

#[test]
fn a_repeated_request_with_the_same_key_makes_one_task() {
    let user = App::shared().user();
    let send = |text: &str| {
        user.request("POST", QUICK).json(&json!({ "text": text })).header("idempotency-key", "key").send()
    };
    let first = send("once in 2 hours").expect(201).json();
    assert_eq!(send("once in 2 hours").expect(201).json()["task"], first["task"]);
    assert_eq!(crate::kind(&send("twice in 2 hours").expect(422)), "invalid-input");
}

#[test]
fn products_syntax_is_a_setting() {
    let user = App::shared().user();
    user.post("/api/v1/lists", &json!({ "name": "Errands" })).expect(201);
    let added = user
        .post(QUICK, &json!({ "text": "Post letter @mail #errands", "syntax": "todoist" }))
        .expect(201)
        .json();
    let task = &added["task"];
    assert_eq!(
        (&task["title"], &task["list"], &task["labels"]),
        (&json!("Post letter"), &json!("Errands"), &json!(["mail"]))
    );
}
