//! Deleting many tasks at once.

use serde_json::json;

use crate::many::{add_many, events, seed, six_at_once};
use crate::tool_harness::{ToolHarness, titles};

#[test]
fn what_matches_is_answered_as_it_last_was_and_then_gone() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    seed(&user);
    let listed = user.ok("list-tasks", json!({ "label": "shop" }))["items"].clone();
    let outcome = user.later(5).ok("delete-tasks", json!({ "filter": { "label": "shop" } }));
    assert_eq!(
        (&outcome["count"], &outcome["remaining"], &outcome["dry_run"]),
        (&json!(3), &json!(0), &json!(false))
    );
    assert_eq!(outcome["tasks"], listed, "in the order of a list, as they were");
    for task in listed.as_array().unwrap() {
        assert_eq!(user.error("get-task", json!({ "id": task["id"] })), json!({ "not_found": true }));
    }
    assert_eq!(user.titles("list-tasks", json!({})), ["report"]);
    assert!(user.titles("search-tasks", json!({ "query": "milk", "status": "all" })).is_empty());
    assert_eq!(user.ok("overview", json!({}))["open_count"], 1);
    assert_eq!(user.ok("export-tasks", json!({ "format": "json" }))["count"], 1);
    let again = user.ok("delete-tasks", json!({ "filter": { "label": "shop" } }));
    assert_eq!(again, json!({ "dry_run": false, "count": 0, "remaining": 0, "ids": [], "tasks": [] }));
}

#[test]
fn each_filter_means_what_it_means_in_a_list() {
    let tools = ToolHarness::shared();
    for filter in [
        json!({ "status": "open" }),
        json!({ "status": "done" }),
        json!({ "status": "all", "priority": "high" }),
        json!({ "overdue": true }),
        json!({ "overdue": true, "status": "done" }),
        json!({ "overdue": false }),
        json!({ "due_after": "2026-11-11", "due_before": "2026-11-18" }),
        json!({ "text": "mil" }),
        json!({ "label": "shop", "status": "open" }),
    ] {
        let user = tools.user();
        seed(&user);
        let all = user.titles("list-tasks", json!({}));
        let listed = user.titles("list-tasks", filter.clone());
        let outcome = user.ok("delete-tasks", json!({ "filter": filter }));
        assert_eq!(titles(&outcome["tasks"]), listed, "{filter}");
        let left: Vec<String> = all.into_iter().filter(|title| !listed.contains(title)).collect();
        assert_eq!(user.titles("list-tasks", json!({})), left, "{filter}");
    }
}

#[test]
fn ids_name_tasks_and_those_that_name_none_are_passed_over() {
    let tools = ToolHarness::shared();
    let (user, stranger) = (tools.user(), tools.user());
    let (a, b) = (user.add("a"), user.add("b"));
    user.add("c");
    let theirs = stranger.add("theirs");
    user.ok("complete-task", json!({ "id": b["id"] }));
    let unknown = "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f";
    let ids = json!([a["id"], b["id"], theirs["id"], unknown, a["id"]]);
    let outcome = user.ok("delete-tasks", json!({ "filter": { "ids": ids } }));
    assert_eq!(outcome["count"], 2);
    assert_eq!(user.titles("list-tasks", json!({})), ["c"]);
    assert_eq!(stranger.read(&theirs), theirs);
    assert_eq!(user.ok("delete-tasks", json!({ "filter": { "ids": ids } }))["count"], 0);
}

#[test]
fn a_dry_run_says_what_would_go_and_deletes_nothing() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    seed(&user);
    let before = user.ok("list-tasks", json!({}));
    let dry = user.ok("delete-tasks", json!({ "filter": { "label": "shop" }, "dry_run": true }));
    assert_eq!((&dry["dry_run"], &dry["count"], &dry["remaining"]), (&json!(true), &json!(3), &json!(0)));
    assert_eq!(user.ok("list-tasks", json!({})), before);
    let wet = user.ok("delete-tasks", json!({ "filter": { "label": "shop" } }));
    assert_eq!((&wet["ids"], &wet["tasks"]), (&dry["ids"], &dry["tasks"]));
}

#[test]
fn no_list_is_emptied_by_leaving_a_word_out() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    seed(&user);
    for filter in [json!({}), json!({ "status": "all" }), json!({ "ids": null })] {
        assert_eq!(user.pointers("delete-tasks", json!({ "filter": filter })), ["/filter"]);
    }
    assert_eq!(user.pointers("delete-tasks", json!({ "filter": { "ids": [] } })), ["/filter/ids"]);
    assert_eq!(user.titles("list-tasks", json!({})).len(), 4);
    // On purpose it takes both halves.
    user.ok("delete-tasks", json!({ "filter": { "status": "open" } }));
    user.ok("delete-tasks", json!({ "filter": { "status": "done" } }));
    assert!(user.titles("list-tasks", json!({})).is_empty());
}

#[test]
fn a_strangers_tasks_are_never_meant() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    seed(&alice);
    let before = alice.ok("list-tasks", json!({}));
    bob.add_input(&json!({ "title": "his", "labels": ["shop"] }));
    let outcome = bob.ok("delete-tasks", json!({ "filter": { "label": "shop" } }));
    assert_eq!(titles(&outcome["tasks"]), ["his"]);
    assert_eq!(alice.ok("list-tasks", json!({})), before);
}

#[test]
fn the_right_to_change_is_no_right_to_delete() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add_input(&json!({ "title": "t", "labels": ["x"] }));
    for input in
        [json!({ "filter": { "label": "x" } }), json!({ "filter": { "label": "x" }, "dry_run": true })]
    {
        let error = user.with_scopes(&["tasks:read", "tasks:write"]).error("delete-tasks", input);
        assert_eq!(error, json!({ "forbidden": "tasks:delete" }));
    }
    assert_eq!(user.read(&task), task);
}

#[test]
fn one_call_does_a_thousand_and_the_next_ones_the_rest() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    add_many(tools, &user, 1101);
    let input = json!({ "filter": { "status": "open" } });
    let first = user.ok("delete-tasks", input.clone());
    assert_eq!((&first["count"], &first["remaining"]), (&json!(1000), &json!(101)));
    assert_eq!((first["ids"].as_array().unwrap().len(), first["tasks"].as_array().unwrap().len()), (100, 10));
    assert_eq!(titles(&first["tasks"])[9], "task 10");
    let rest = user.ok("delete-tasks", input);
    assert_eq!((&rest["count"], &rest["remaining"]), (&json!(101), &json!(0)));
    assert!(user.titles("list-tasks", json!({})).is_empty());
    assert_eq!(events(tools, &user, "deleted"), 1101);
}

#[test]
fn calls_at_the_same_time_delete_each_task_once() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    add_many(tools, &user, 300);
    let (counted, outcomes) = six_at_once(&user, "delete-tasks");
    assert_eq!(counted, 300, "{outcomes:?}");
    assert_eq!(events(tools, &user, "deleted"), 300);
}

#[test]
fn the_rows_stay_marked_and_each_has_its_event() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add_input(&json!({ "title": "t", "labels": ["x"] }));
    user.ok("delete-tasks", json!({ "filter": { "label": "x" }, "dry_run": true }));
    user.ok("delete-tasks", json!({ "filter": { "label": "x" } }));
    assert_eq!(tools.events(&task), ["todo.task.created 1", "todo.task.deleted 2"]);
    let id = task["id"].as_str().unwrap();
    let marked =
        tools.0.sql(&format!("SELECT deleted_at IS NOT NULL FROM todo.tasks WHERE id = '{id}'")).unwrap();
    assert_eq!(marked, "t");
}
