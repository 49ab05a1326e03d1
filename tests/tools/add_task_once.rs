//! An idempotency key makes one task, however often and however much at once it is sent.

use std::thread;

use serde_json::{Value, json};

use crate::tool_harness::ToolHarness;

#[test]
fn the_same_key_and_input_answer_the_first_task() {
    let tools = ToolHarness::shared();
    let user = tools.user().with_key("k-1");
    let first = user.ok("add-task", json!({ "title": "once", "labels": ["a"] }));
    let second = user.later(60).ok("add-task", json!({ "title": "once", "labels": ["a"] }));
    assert_eq!(second, first);
    assert_eq!(user.titles("list-tasks", json!({})), ["once"]);
}

#[test]
fn the_same_key_with_another_input_is_refused() {
    let tools = ToolHarness::shared();
    let user = tools.user().with_key("k-1");
    user.ok("add-task", json!({ "title": "once" }));
    assert_eq!(user.pointers("add-task", json!({ "title": "twice" })), [""]);
    assert_eq!(user.pointers("add-task", json!({ "title": "once", "priority": "low" })), [""]);
    assert_eq!(user.titles("list-tasks", json!({})), ["once"]);
}

#[test]
fn a_key_belongs_to_its_user() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user().with_key("same"), tools.user().with_key("same"));
    let of_alice = alice.add("hers");
    let of_bob = bob.add("his");
    assert_ne!(of_alice["id"], of_bob["id"]);
    assert_eq!(bob.titles("list-tasks", json!({})), ["his"]);
}

#[test]
fn a_replay_answers_the_task_as_it_is_now() {
    let tools = ToolHarness::shared();
    let user = tools.user().with_key("k-1");
    let task = user.add("once");
    let done = user.ok("complete-task", json!({ "id": task["id"] }));
    assert_eq!(user.add("once"), done);
    user.ok("delete-task", json!({ "id": task["id"] }));
    assert_eq!(user.add("once")["id"], task["id"]);
    assert_eq!(user.titles("list-tasks", json!({})), Vec::<String>::new());
}

#[test]
fn a_key_that_is_none_is_refused() {
    let tools = ToolHarness::shared();
    for key in ["", "with space", "ümlaut", &"k".repeat(256)] {
        assert_eq!(tools.user().with_key(key).pointers("add-task", json!({ "title": "t" })), [""], "{key}");
    }
    tools.user().with_key(&"k".repeat(255)).add("t");
}

#[test]
fn many_calls_with_one_key_at_once_make_one_task() {
    let tools = ToolHarness::shared();
    let user = tools.user().with_key("race");
    let answers: Vec<Value> = thread::scope(|scope| {
        let calls: Vec<_> = (0..12).map(|_| scope.spawn(|| user.add("once"))).collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    });
    assert!(answers.iter().all(|task| *task == answers[0]), "{answers:?}");
    assert_eq!(user.titles("list-tasks", json!({})), ["once"]);
}

#[test]
fn a_replay_writes_no_event() {
    let tools = ToolHarness::shared();
    let user = tools.user().with_key("k-1");
    let task = user.add("once");
    user.add("once");
    assert_eq!(tools.events(&task), ["todo.task.created 1"]);
}
