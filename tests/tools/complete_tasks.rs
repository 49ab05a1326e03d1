//! Completing many tasks at once.

use serde_json::json;

use crate::many::{add_many, events, seed, six_at_once};
use crate::tool_harness::{ToolHarness, User, titles};

fn open(user: &User<'_>) -> Vec<String> {
    user.titles("list-tasks", json!({ "status": "open" }))
}

#[test]
fn the_open_tasks_that_match_are_done_from_the_instant_of_the_call() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    seed(&user);
    let before = user.ok("list-tasks", json!({ "status": "done" }))["items"][0].clone();
    let outcome = user.later(5).ok("complete-tasks", json!({ "filter": { "label": "SHOP" } }));
    assert_eq!(
        (&outcome["count"], &outcome["remaining"], &outcome["dry_run"]),
        (&json!(2), &json!(0), &json!(false))
    );
    assert_eq!(titles(&outcome["tasks"]), ["bread", "milk"], "the soonest due first");
    for (task, id) in outcome["tasks"].as_array().unwrap().iter().zip(outcome["ids"].as_array().unwrap()) {
        assert_eq!(&task["id"], id);
        assert_eq!(task["completed_at"], "2026-11-18T11:06:45Z");
        assert_eq!(&user.read(task), task, "answered as it is now");
    }
    assert_eq!(open(&user), ["report"]);
    assert_eq!(user.read(&before), before, "what was done already stays as it is");
}

#[test]
fn a_second_call_changes_nothing_more() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    seed(&user);
    let input = json!({ "filter": { "label": "shop" } });
    let first = user.ok("complete-tasks", input.clone());
    let again = user.later(9).ok("complete-tasks", input);
    assert_eq!(again, json!({ "dry_run": false, "count": 0, "remaining": 0, "ids": [], "tasks": [] }));
    assert_eq!(user.read(&first["tasks"][0]), first["tasks"][0]);
}

#[test]
fn each_filter_means_what_it_means_in_a_list() {
    let tools = ToolHarness::shared();
    for (filter, expected) in [
        (json!({ "status": "open" }), vec!["bread", "report", "milk"]),
        (json!({ "status": "done" }), vec![]),
        (json!({ "status": "all", "priority": "high" }), vec!["report", "milk"]),
        (json!({ "overdue": true }), vec!["bread"]),
        (json!({ "overdue": true, "status": "done" }), vec![]),
        (json!({ "overdue": false }), vec!["report", "milk"]),
        (json!({ "due_after": "2026-11-18" }), vec!["report"]),
        (json!({ "due_before": "2026-11-18" }), vec!["bread"]),
        (json!({ "text": "mil" }), vec!["milk"]),
        (json!({ "label": "shop", "priority": "high" }), vec!["milk"]),
    ] {
        let user = tools.user();
        seed(&user);
        let outcome = user.ok("complete-tasks", json!({ "filter": filter }));
        assert_eq!(titles(&outcome["tasks"]), expected, "{filter}");
        assert_eq!(outcome["count"], json!(expected.len()), "{filter}");
    }
}

#[test]
fn ids_name_tasks_and_those_that_name_none_are_passed_over() {
    let tools = ToolHarness::shared();
    let (user, stranger) = (tools.user(), tools.user());
    let (a, b, gone) = (user.add("a"), user.add("b"), user.add("gone"));
    user.add("c");
    let theirs = stranger.add("theirs");
    user.ok("delete-task", json!({ "id": gone["id"] }));
    user.ok("complete-task", json!({ "id": b["id"] }));
    let unknown = "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f";
    let ids = json!([a["id"], b["id"], a["id"], gone["id"], theirs["id"], unknown]);
    let outcome = user.ok("complete-tasks", json!({ "filter": { "ids": ids } }));
    assert_eq!((&outcome["count"], &outcome["ids"]), (&json!(1), &json!([a["id"]])));
    assert_eq!(open(&user), ["c"]);
    assert_eq!(stranger.read(&theirs), theirs);
    // Beside other filters, both must hold.
    let narrowed = json!({ "filter": { "ids": [b["id"]], "label": "x" } });
    assert_eq!(user.ok("complete-tasks", narrowed)["count"], 0);
}

#[test]
fn a_dry_run_says_what_would_be_done_and_does_nothing() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    seed(&user);
    let before = user.ok("list-tasks", json!({}));
    let dry = user.ok("complete-tasks", json!({ "filter": { "label": "shop" }, "dry_run": true }));
    assert_eq!((&dry["dry_run"], &dry["count"], &dry["remaining"]), (&json!(true), &json!(2), &json!(0)));
    assert_eq!(titles(&dry["tasks"]), ["bread", "milk"]);
    assert!(dry["tasks"].as_array().unwrap().iter().all(|task| task["completed_at"].is_null()));
    assert_eq!(user.ok("list-tasks", json!({})), before);
    let wet = user.ok("complete-tasks", json!({ "filter": { "label": "shop" }, "dry_run": false }));
    assert_eq!(wet["ids"], dry["ids"]);
}

#[test]
fn no_list_is_completed_by_leaving_a_word_out() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    seed(&user);
    for filter in [json!({}), json!({ "status": "all" }), json!({ "label": null })] {
        assert_eq!(user.pointers("complete-tasks", json!({ "filter": filter })), ["/filter"]);
        assert_eq!(
            user.pointers("complete-tasks", json!({ "filter": filter, "dry_run": true })),
            ["/filter"]
        );
    }
    let wrong = json!({ "filter": { "ids": [], "label": "a b", "text": "?", "due_after": "soon" } });
    let expected = ["/filter/ids", "/filter/due_after", "/filter/label", "/filter/text"];
    assert_eq!(user.pointers("complete-tasks", wrong), expected);
    assert_eq!(
        user.pointers("complete-tasks", json!({ "filter": { "ids": vec!["x"; 101] } })),
        ["/filter/ids"]
    );
    assert_eq!(open(&user).len(), 3);
}

#[test]
fn a_strangers_tasks_are_never_meant() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    seed(&alice);
    let before = alice.ok("list-tasks", json!({}));
    bob.add_input(&json!({ "title": "his", "labels": ["shop"] }));
    let outcome = bob.ok("complete-tasks", json!({ "filter": { "label": "shop" } }));
    assert_eq!(titles(&outcome["tasks"]), ["his"]);
    assert_eq!(alice.ok("list-tasks", json!({})), before);
}

#[test]
fn one_call_does_a_thousand_and_the_next_ones_the_rest() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    add_many(tools, &user, 1203);
    let input = json!({ "filter": { "text": "many" } });
    let dry = user.ok("complete-tasks", json!({ "filter": { "text": "many" }, "dry_run": true }));
    let first = user.ok("complete-tasks", input.clone());
    for outcome in [&dry, &first] {
        assert_eq!((&outcome["count"], &outcome["remaining"]), (&json!(1000), &json!(203)));
        assert_eq!(outcome["ids"].as_array().unwrap().len(), 100);
        let first_ten: Vec<String> = (1..=10).map(|number| format!("task {number}")).collect();
        assert_eq!(titles(&outcome["tasks"]), first_ten);
    }
    assert_eq!(dry["ids"], first["ids"]);
    let rest = user.ok("complete-tasks", input);
    assert_eq!((&rest["count"], &rest["remaining"]), (&json!(203), &json!(0)));
    assert_eq!(events(tools, &user, "completed"), 1203);
}

#[test]
fn calls_at_the_same_time_complete_each_task_once() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    add_many(tools, &user, 300);
    let (counted, outcomes) = six_at_once(&user, "complete-tasks");
    assert_eq!(counted, 300, "{outcomes:?}");
    assert_eq!(events(tools, &user, "completed"), 300);
    let versions = format!("SELECT count(*) FROM todo.tasks WHERE user_id = '{}' AND version <> 2", user.id);
    assert_eq!(tools.0.sql(&versions).unwrap().trim(), "0");
}

#[test]
fn each_completion_has_its_event_and_a_dry_run_none() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add_input(&json!({ "title": "t", "labels": ["x"] }));
    let other = user.add("other");
    user.ok("complete-tasks", json!({ "filter": { "label": "x" }, "dry_run": true }));
    user.ok("complete-tasks", json!({ "filter": { "label": "x" } }));
    user.ok("complete-tasks", json!({ "filter": { "label": "x" } }));
    assert_eq!(tools.events(&task), ["todo.task.created 1", "todo.task.completed 2"]);
    assert_eq!(tools.events(&other), ["todo.task.created 1"]);
}
