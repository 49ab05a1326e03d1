//! What one user may do and have, whatever they ask for.

use std::thread;

use harness::{App, Caller, Options};
use serde_json::json;

use crate::{TASKS, add, kind};

fn limited(variable: &str, value: &str) -> App {
    let variables = vec![(variable.to_owned(), value.to_owned())];
    App::start(Options { variables, ..Options::default() }).unwrap()
}

#[test]
fn who_calls_too_often_is_told_when_to_come_back_and_nobody_else_is() {
    let app = limited("rest_calls_per_minute", "20");
    let (ann, bob) = (app.user(), app.user());
    // A minute may end meanwhile: then there are more calls, but never more than two minutes have. Reading, writing and
    // conversations count together.
    let call = |number: usize| match number % 3 {
        0 => ann.get(TASKS).status,
        1 => ann.post(TASKS, &json!({ "title": "one of many" })).status,
        _ => ann.get("/api/v1/conversations").status,
    };
    let passed = (0..60).map(call).filter(|status| *status < 300).count();
    // The two components that count keep a little each.
    assert!((12..=40).contains(&passed), "{passed} calls passed");
    let refused = ann.get(TASKS).expect(429);
    assert_eq!(kind(&refused), "too-many-requests");
    assert!(refused.header("retry-after").unwrap().parse::<u32>().unwrap() <= 60);
    assert!(refused.header("ratelimit").unwrap().contains("r=0"));
    assert_eq!(refused.header("ratelimit-policy"), Some("\"calls\";q=20;w=60"));
    bob.get(TASKS).expect(200);
}

#[test]
fn a_limit_of_none_counts_nothing() {
    let app = limited("rest_calls_per_minute", "0");
    let ann = app.user();
    for _ in 0..40 {
        ann.get(TASKS).expect(200);
    }
    let counted = format!("SELECT count(*) FROM todo.mcp_call_windows WHERE user_id = '{}'", ann.id);
    assert_eq!(app.sql(&counted).unwrap().trim(), "0");
}

/// How many of so many tasks, added one after the other, were taken.
fn added(caller: &Caller, tasks: usize) -> usize {
    (0..tasks).filter(|_| caller.post(TASKS, &json!({ "title": "one of many" })).status == 201).count()
}

#[test]
fn a_full_list_takes_no_task_until_one_is_deleted() {
    let app = limited("max_tasks_per_user", "5");
    let (ann, bob) = (app.user(), app.user());
    let first = add(&ann, &json!({ "title": "the first" }));
    assert_eq!(added(&ann, 10), 4);
    let refused = ann.post(TASKS, &json!({ "title": "one too many" })).expect(409);
    assert_eq!(kind(&refused), "too-many-tasks");
    assert!(refused.body.contains("5 tasks"), "{}", refused.body);
    // Over MCP it is the same list.
    let call = json!({ "name": "add_task", "arguments": { "title": "one too many" } });
    let answer = ann.mcp("tools/call", call).expect(200);
    assert_eq!(answer.json()["result"]["isError"], true, "{}", answer.body);
    add(&bob, &json!({ "title": "nobody else's list is full" }));

    ann.delete(&format!("{TASKS}/{}", first["id"].as_str().unwrap())).expect(204);
    assert_eq!(added(&ann, 3), 1);
}

#[test]
fn an_import_for_which_a_list_has_no_room_adds_nothing() {
    let app = limited("max_tasks_per_user", "5");
    let ann = app.user();
    let import =
        |text: &str| ann.post("/api/v1/tasks/import", &json!({ "format": "todo_txt", "text": text }));
    assert_eq!(import("a\nb\nc\n").expect(200).json()["count"], 3);
    let refused = import("c\nd\ne\nf\n").expect(409);
    assert_eq!(kind(&refused), "too-many-tasks");
    assert_eq!(import("c\nd\ne\n").expect(200).json()["count"], 2, "one is there");
}

#[test]
fn a_repeated_request_is_answered_when_the_list_is_full_since() {
    let app = limited("max_tasks_per_user", "2");
    let ann = app.user();
    let with_key = |key: &str| {
        let request = ann.request("POST", TASKS).header("idempotency-key", key);
        request.json(&json!({ "title": "once" })).send()
    };
    let first = with_key("k-1").expect(201).json();
    add(&ann, &json!({ "title": "the last" }));
    assert_eq!(with_key("k-1").expect(201).json()["id"], first["id"]);
    assert_eq!(kind(&with_key("k-2").expect(409)), "too-many-tasks");
}

#[test]
fn many_additions_at_once_do_not_get_past_the_limit() {
    let app = limited("max_tasks_per_user", "40");
    let ann = app.user();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| added(&ann, 20));
        }
    });
    let count = format!("SELECT count(*) FROM todo.tasks WHERE user_id = '{}'", ann.id);
    let tasks: u32 = app.sql(&count).unwrap().trim().parse().unwrap();
    // Instances add a small share of the room before they count again; then nothing more is added.
    assert!((40..=100).contains(&tasks), "{tasks} tasks");
    assert_eq!(added(&ann, 20), 0);
}
