//! `GET /api/v1/tasks/export`

use harness::App;
use serde_json::{Value, json};

use crate::{TASKS, add};

#[test]
fn the_answer_is_the_document_itself_as_a_file() {
    let user = App::shared().user();
    let task = add(&user, &json!({ "title": "Call Ann", "labels": ["phone"] }));
    for (format, media_type, name) in [
        ("markdown", "text/markdown; charset=utf-8", "tasks.md"),
        ("csv", "text/csv; charset=utf-8", "tasks.csv"),
        ("json", "application/json", "tasks.json"),
    ] {
        let answer = user.get(&format!("{TASKS}/export?format={format}")).expect(200);
        assert_eq!(answer.header("content-type"), Some(media_type));
        let disposition = format!("attachment; filename=\"{name}\"");
        assert_eq!(answer.header("content-disposition"), Some(disposition.as_str()));
        assert_eq!(answer.header("export-truncated"), Some("false"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert!(answer.body.contains("Call Ann"), "{}", answer.body);
    }
    let read: Value = user.get(&format!("{TASKS}/export?format=json")).expect(200).json();
    assert_eq!(read, json!({ "items": [task], "truncated": false }));
}

#[test]
fn parameters_are_the_filters_of_a_list() {
    let (user, stranger) = (App::shared().user(), App::shared().user());
    let (a, b) =
        (add(&user, &json!({ "title": "a", "labels": ["x"] })), add(&user, &json!({ "title": "b" })));
    add(&stranger, &json!({ "title": "theirs", "labels": ["x"] }));
    let exported = |query: &str| {
        let path = format!("{TASKS}/export?format=json&{query}");
        user.get(&path).expect(200).json()["items"].clone()
    };
    let id = |task: &Value| task["id"].as_str().unwrap_or_default().to_owned();
    assert_eq!(exported("label=X&status=open"), json!([a]));
    assert_eq!(exported("text=b"), json!([b]));
    assert_eq!(exported("status=done"), json!([]));
    assert_eq!(exported(&format!("ids={},{}", id(&b), id(&a))), json!([a, b]));
}

#[test]
fn whoever_takes_anything_gets_the_format_that_was_asked_for() {
    let user = App::shared().user();
    let export =
        |accept| user.request("GET", &format!("{TASKS}/export?format=csv")).header("accept", accept).send();
    export("text/html,*/*;q=0.8").expect(200);
    export("text/csv").expect(200);
    export("text/markdown").expect(406);
}
