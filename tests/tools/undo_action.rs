//! Taking back what was done to tasks.

use serde_json::{Value, json};

use crate::tool_harness::{ToolHarness, User};

fn undo(user: &User<'_>) -> Value {
    user.ok("undo-action", json!({}))
}

/// The task without what each change of it changes.
fn content(task: &Value) -> Value {
    let mut task = task.clone();
    task["version"] = Value::Null;
    task["updated_at"] = Value::Null;
    task["subtasks"]["changed"] = json!(0);
    task
}

fn action(user: &User<'_>, at: usize) -> Value {
    user.ok("list-actions", json!({}))["items"][at].clone()
}

#[test]
fn step_by_step_a_task_is_what_it_was_before_each_change() {
    let tools = ToolHarness::shared();
    let user = tools.user().in_zone("Europe/Berlin");
    let list = user.ok("add-list", json!({ "name": "work" }));
    let task = user.add_input(&json!({
        "title": "report", "notes": "two pages", "due": "2026-11-22T18:00:00+01:00", "priority": "high", "labels": ["work"],
        "list_id": list["id"],
    }));
    let id = &task["id"];
    let mut states = vec![task.clone()];
    for (tool, input) in [
        (
            "update-task",
            json!({ "id": id, "title": "Bericht", "notes": "drei Seiten", "clear": ["due", "list_id"] }),
        ),
        ("update-task", json!({ "id": id, "priority": "low", "labels": ["home"], "due": "2026-12-01" })),
        ("complete-task", json!({ "id": id })),
        ("reopen-task", json!({ "id": id })),
        ("complete-task", json!({ "id": id })),
    ] {
        states.push(user.ok(tool, input));
    }
    user.ok("delete-task", json!({ "id": id }));
    for (state, kind) in
        states.iter().rev().zip(["deleted", "completed", "reopened", "completed", "updated", "updated"])
    {
        let undone = undo(&user.later(60));
        assert_eq!((&undone["kind"], &undone["undone"]), (&json!(kind), &json!(true)), "{undone}");
        assert_eq!(undone["tasks"], json!([{ "id": id, "title": state["title"] }]));
        assert_eq!(content(&user.read(&task)), content(state), "after {kind}");
    }
    // It is found by its words again, and by none of those that it had in between.
    assert_eq!(user.titles("search-tasks", json!({ "query": "two pages" })), ["report"]);
    assert_eq!(user.titles("search-tasks", json!({ "query": "Bericht" })), Vec::<String>::new());
    assert_eq!(undo(&user)["kind"], "added");
    assert_eq!(user.error("get-task", json!({ "id": id })), json!({ "not_found": true }));
    assert_eq!(user.error("undo-action", json!({})), json!({ "action_not_found": true }));
    assert_eq!(tools.events(&task).last().map(String::as_str), Some("todo.task.deleted 14"));
}

#[test]
fn what_one_call_did_to_many_and_to_those_below_them_is_taken_back_at_once() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let text: String = (0..300).map(|at| format!("- task {at}\n  - below {at}\n")).collect();
    user.ok("import-tasks", json!({ "format": "markdown", "text": text }));
    let count = |status: &str| {
        user.ok("export-tasks", json!({ "format": "json", "filter": { "status": status } }))["count"].clone()
    };
    assert_eq!(count("open"), 600);
    for tool in ["complete-tasks", "delete-tasks"] {
        let outcome = user.ok(tool, json!({ "filter": { "query": "!subtask" } }));
        assert_eq!(outcome["count"], 600, "{tool}");
        assert_ne!(count("open"), 600, "{tool}");
        let undone = undo(&user);
        assert_eq!((&undone["count"], undone["tasks"].as_array().unwrap().len()), (&json!(600), 10));
        assert_eq!(count("open"), 600, "{tool}");
    }
    assert_eq!(undo(&user)["count"], 600);
    assert_eq!(count("all"), 0);
}

#[test]
fn a_completed_occurrence_is_due_again_and_counts_no_longer() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let rule = json!({ "rule": "FREQ=DAILY" });
    let task = user.add_input(&json!({ "title": "water", "due": "2026-11-18", "recurrence": rule }));
    let moved = user.ok("complete-task", json!({ "id": task["id"] }));
    assert_eq!(moved["due"], "2026-11-19");
    assert_eq!(undo(&user)["kind"], "completed");
    assert_eq!(content(&user.read(&task)), content(&task));
    assert_eq!(user.ok("overview", json!({}))["completed_today_count"], 0);
    // That it was taken back is taken back by doing it again: the occurrence is there, at its instant.
    user.later(60).ok("redo-action", json!({}));
    assert_eq!(user.read(&task)["due"], "2026-11-19");
    assert_eq!(user.ok("overview", json!({}))["completed_today_count"], 1);
    // What reopening took back comes back by undoing that.
    assert_eq!(user.ok("reopen-task", json!({ "id": task["id"] }))["due"], "2026-11-18");
    assert_eq!(undo(&user)["kind"], "reopened");
    assert_eq!(user.read(&task)["due"], "2026-11-19");
    assert_eq!(user.ok("overview", json!({}))["completed_today_count"], 1);
    assert_eq!(undo(&user)["kind"], "completed");
    assert_eq!(user.read(&task)["due"], "2026-11-18");
    assert_eq!(user.ok("overview", json!({}))["completed_today_count"], 0);
}

#[test]
fn nothing_is_taken_back_where_one_task_was_changed_since() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let (a, b) = (user.add("a"), user.add("b"));
    user.ok("complete-tasks", json!({ "filter": { "ids": [a["id"], b["id"]] } }));
    let both = action(&user, 0);
    user.ok("update-task", json!({ "id": b["id"], "title": "c" }));
    let named = json!({ "id": both["id"] });
    assert_eq!(user.error("undo-action", named.clone()), json!({ "action_overtaken": 1 }));
    assert!(user.read(&a)["completed_at"].is_string() && user.read(&b)["completed_at"].is_string());
    assert_eq!(user.read(&b)["title"], "c");
    // Once the later change is taken back, it is as the earlier one left it.
    undo(&user);
    user.ok("undo-action", named.clone());
    assert!(user.read(&a)["completed_at"].is_null() && user.read(&b)["completed_at"].is_null());
    assert_eq!(user.error("undo-action", named), json!({ "action_not_found": true }));
}

#[test]
fn nothing_stays_below_what_goes_and_nothing_comes_back_below_what_is_gone() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let parent = user.add("parent");
    let added = action(&user, 0);
    let child = user.add_input(&json!({ "title": "child", "parent_id": parent["id"] }));
    assert_eq!(user.error("undo-action", json!({ "id": added["id"] })), json!({ "action_overtaken": 1 }));
    user.ok("delete-task", json!({ "id": child["id"] }));
    let deleted = action(&user, 0);
    user.ok("delete-task", json!({ "id": parent["id"] }));
    assert_eq!(user.error("undo-action", json!({ "id": deleted["id"] })), json!({ "action_overtaken": 1 }));
    undo(&user);
    undo(&user);
    assert_eq!(user.read(&child)["parent_id"], parent["id"]);
}

#[test]
fn what_a_list_took_along_that_is_gone_stays_and_is_passed_over() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let list = user.ok("add-list", json!({ "name": "trip" }));
    let task = user.add_input(&json!({ "title": "pack", "list_id": list["id"] }));
    let other = user.add("other");
    user.ok("delete-list", json!({ "id": list["id"] }));
    let left = action(&user, 0);
    assert_eq!((&left["kind"], &left["undoable"]), (&json!("updated"), &json!(false)));
    assert_eq!(user.error("undo-action", json!({ "id": left["id"] })), json!({ "action_not_found": true }));
    assert_eq!(undo(&user)["tasks"][0]["id"], other["id"]);
    assert!(user.read(&task)["list_id"].is_null());
}

#[test]
fn without_the_right_to_delete_nothing_is_deleted() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("kept");
    let writer = user.with_scopes(&["tasks:write"]);
    assert_eq!(writer.error("undo-action", json!({})), json!({ "forbidden": "tasks:delete" }));
    user.ok("complete-task", json!({ "id": task["id"] }));
    assert_eq!(undo(&writer)["kind"], "completed");
    assert_eq!(user.read(&task)["title"], "kept");
}

#[test]
fn what_was_done_a_day_ago_is_neither_there_nor_kept() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("old");
    user.ok("complete-task", json!({ "id": task["id"] }));
    let tomorrow = user.later(25 * 3600);
    assert_eq!(tomorrow.error("undo-action", json!({})), json!({ "action_not_found": true }));
    assert_eq!(tomorrow.ok("list-actions", json!({})), json!({ "items": [] }));
    let new = tomorrow.add("new");
    assert_eq!(undo(&tomorrow)["tasks"][0]["id"], new["id"]);
    // What it was is deleted by a change of later: by one in twenty, so that each pays next to nothing for it.
    let old = format!("user_id = '{}' AND task_id = '{}'", user.id, task["id"].as_str().unwrap());
    tools
        .0
        .sql(&format!(
            "UPDATE todo.task_versions SET replaced_at = replaced_at - interval '25 hours' WHERE {old}"
        ))
        .unwrap();
    let kept = || tools.0.sql(&format!("SELECT count(*) FROM todo.task_versions WHERE {old}")).unwrap();
    assert_eq!(kept().trim(), "1");
    let is_deleted = (0..500).any(|at| {
        tomorrow.ok("update-task", json!({ "id": task["id"], "title": format!("title {at}") }));
        let left = format!(
            "SELECT count(*) FROM todo.task_versions WHERE {old} AND replaced_at < now() - interval '1 day'"
        );
        tools.0.sql(&left).unwrap().trim() == "0"
    });
    assert!(is_deleted);
}

#[test]
fn a_task_whose_list_is_gone_comes_back_to_the_inbox() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let list = user.ok("add-list", json!({ "name": "trip" }));
    let task = user.add_input(&json!({ "title": "pack", "list_id": list["id"] }));
    user.ok("delete-task", json!({ "id": task["id"] }));
    user.ok("delete-list", json!({ "id": list["id"] }));
    assert_eq!(undo(&user)["kind"], "deleted");
    assert!(user.read(&task)["list_id"].is_null());
}

#[test]
fn two_that_take_the_same_back_at_once_do_it_once() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("one");
    for at in 0..20 {
        user.ok("update-task", json!({ "id": task["id"], "title": format!("title {at}") }));
        let named = json!({ "id": action(&user, 0)["id"] });
        let done = std::thread::scope(|scope| {
            let turns: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| user.call("undo-action", named.clone()).get("ok").is_some()))
                .collect();
            turns.into_iter().filter_map(|turn| turn.join().ok()).filter(|is_done| *is_done).count()
        });
        assert_eq!(done, 1);
    }
    assert_eq!(user.read(&task)["title"], "one");
}

#[test]
fn what_another_user_did_is_not_there() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    let task = alice.add("hers");
    let hers = action(&alice, 0);
    assert_eq!(bob.error("undo-action", json!({})), json!({ "action_not_found": true }));
    assert_eq!(bob.error("undo-action", json!({ "id": hers["id"] })), json!({ "action_not_found": true }));
    assert_eq!(alice.pointers("undo-action", json!({ "id": "7" })), ["/id"]);
    assert_eq!(alice.read(&task), task);
}
