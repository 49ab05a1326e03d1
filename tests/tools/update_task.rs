//! Changing a task.

use std::thread;

use serde_json::{Value, json};

use crate::tool_harness::{ToolHarness, User};

fn full(user: &User<'_>) -> Value {
    user.ok("add-task", json!({
        "title": "old title", "notes": "old notes", "due": "2026-11-22T18:00:00+00:00", "priority": "high",
        "labels": ["old"],
    }))
}

/// The task with these members changed, as a later version.
fn changed(task: &Value, members: &Value) -> Value {
    let mut expected = task.clone();
    for (name, value) in members.as_object().unwrap() {
        expected[name] = value.clone();
    }
    expected["version"] = json!(task["version"].as_u64().unwrap() + 1);
    expected["updated_at"] = json!("2026-11-18T11:06:45Z");
    expected
}

#[test]
fn each_field_changes_alone() {
    let tools = ToolHarness::shared();
    for (change, expected) in [
        (json!({ "title": " new title " }), json!({ "title": "new title" })),
        (json!({ "notes": "new notes" }), json!({ "notes": "new notes" })),
        (json!({ "notes": "" }), json!({ "notes": null })),
        (json!({ "due": "2026-12-01" }), json!({ "due": "2026-12-01" })),
        (
            json!({ "due": "2026-12-01T09:00:00+01:00", "time_zone": "Europe/Berlin" }),
            json!({ "due": "2026-12-01T09:00:00+01:00", "time_zone": "Europe/Berlin" }),
        ),
        (json!({ "priority": "low" }), json!({ "priority": "low" })),
        (json!({ "labels": ["New", "a"] }), json!({ "labels": ["a", "new"] })),
        (json!({ "labels": [] }), json!({ "labels": [] })),
        (json!({ "clear": ["notes"] }), json!({ "notes": null })),
        (json!({ "clear": ["due"] }), json!({ "due": null, "time_zone": null })),
        (json!({ "clear": ["priority"] }), json!({ "priority": "normal" })),
        (json!({ "clear": ["labels"] }), json!({ "labels": [] })),
        (
            json!({ "title": "t", "clear": ["labels", "due", "notes"] }),
            json!({ "title": "t", "labels": [], "due": null, "time_zone": null, "notes": null }),
        ),
    ] {
        let user = tools.user();
        let task = full(&user);
        let mut input = change.clone();
        input["id"] = task["id"].clone();
        let answer = user.later(5).ok("update-task", input);
        assert_eq!(answer, changed(&task, &expected), "{change}");
        assert_eq!(user.read(&task), answer);
    }
}

#[test]
fn a_change_of_nothing_changes_nothing() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = full(&user);
    let same = json!({
        "id": task["id"], "title": "old title", "notes": "old notes", "due": "2026-11-22T18:00:00Z",
        "priority": "high", "labels": ["OLD"],
    });
    assert_eq!(user.later(5).ok("update-task", same), task);
}

#[test]
fn what_is_unclear_is_refused() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = full(&user);
    let id = &task["id"];
    for (input, pointers) in [
        (json!({ "id": id }), vec![""]),
        (json!({ "id": id, "clear": [] }), vec![""]),
        (json!({ "id": id, "due": "2026-12-01", "clear": ["notes", "due"] }), vec!["/clear/1"]),
        (json!({ "id": id, "time_zone": "UTC" }), vec!["/time_zone"]),
        (json!({ "id": "x", "title": "", "labels": ["a b"] }), vec!["/id", "/title", "/labels/0"]),
    ] {
        assert_eq!(user.pointers("update-task", input.clone()), pointers, "{input}");
    }
    assert_eq!(user.read(&task), task);
}

#[test]
fn a_stale_version_conflicts_and_changes_nothing() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = full(&user);
    let done = user.ok("complete-task", json!({ "id": task["id"] }));
    let stale = json!({ "id": task["id"], "version": 1, "title": "lost" });
    assert_eq!(user.error("update-task", stale), json!({ "conflict": 2 }));
    assert_eq!(user.read(&task), done);
}

#[test]
fn of_two_writers_with_one_version_one_wins() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("t");
    let write =
        |title: String| user.call("update-task", json!({ "id": task["id"], "version": 1, "title": title }));
    let answers: Vec<Value> = thread::scope(|scope| {
        let write = &write;
        let calls: Vec<_> = (0..8).map(|n| scope.spawn(move || write(format!("by {n}")))).collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    });
    let won: Vec<&Value> = answers.iter().filter_map(|answer| answer.get("ok")).collect();
    assert_eq!(won.len(), 1, "{answers:?}");
    assert_eq!(user.read(&task), *won[0]);
    assert!(
        answers
            .iter()
            .all(|answer| answer.get("ok").is_some() || answer["error"] == json!({ "conflict": 2 }))
    );
}

#[test]
fn writers_of_different_fields_lose_nothing() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("t");
    thread::scope(|scope| {
        for change in [
            json!({ "title": "new" }),
            json!({ "notes": "n" }),
            json!({ "priority": "low" }),
            json!({ "labels": ["l"] }),
        ] {
            let (user, mut input) = (user.clone(), change);
            input["id"] = task["id"].clone();
            scope.spawn(move || user.ok("update-task", input));
        }
    });
    let now = user.read(&task);
    assert_eq!(now["version"], 5);
    assert_eq!(
        (&now["title"], &now["notes"], &now["priority"], &now["labels"]),
        (&json!("new"), &json!("n"), &json!("low"), &json!(["l"]))
    );
}

#[test]
fn what_was_renamed_is_found_by_its_new_words_only() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = full(&user);
    let found = |query: &str| !user.titles("search-tasks", json!({ "query": query })).is_empty();
    assert!(found("title") && found("notes") && found("old"));
    user.ok("update-task", json!({ "id": task["id"], "title": "dentist", "labels": ["health"] }));
    assert!(found("dentist") && found("health") && found("notes"));
    assert!(!found("title"));
    user.ok("update-task", json!({ "id": task["id"], "clear": ["notes"] }));
    assert!(!found("notes") && found("dentist") && found("health"));
}

#[test]
fn words_are_not_lost_by_many_changes() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.ok("add-task", json!({ "title": "t", "notes": "kept kept", "labels": ["kept"] }));
    for number in 0..50 {
        let title = format!("{} {number}", "word ".repeat(35));
        user.ok("update-task", json!({ "id": task["id"], "title": title }));
    }
    user.ok("update-task", json!({ "id": task["id"], "labels": [] }));
    assert_eq!(user.titles("search-tasks", json!({ "query": "kept" })).len(), 1);
}

#[test]
fn a_strangers_task_is_not_found_and_stays() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    let task = alice.add("hers");
    assert_eq!(
        bob.error("update-task", json!({ "id": task["id"], "title": "mine" })),
        json!({ "not_found": true })
    );
    assert_eq!(alice.read(&task), task);
}

#[test]
fn the_event_names_what_changed_and_nothing_of_its_content() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = full(&user);
    user.ok(
        "update-task",
        json!({ "id": task["id"], "title": "new title", "clear": ["due"], "labels": ["old"] }),
    );
    user.ok("update-task", json!({ "id": task["id"], "title": "new title" }));
    assert_eq!(tools.events(&task), ["todo.task.created 1", "todo.task.updated 2"]);
    let id = task["id"].as_str().unwrap();
    let data = tools
        .0
        .sql(&format!("SELECT data FROM todo.task_events WHERE task_id = '{id}' AND version = 2"))
        .unwrap();
    assert_eq!(data, r#"{"fields": ["title", "due"]}"#);
}
