//! What a tool answers when the database can't: when to try again, or an id to report, and nothing of the inside.

use std::thread;
use std::time::Duration;

use harness::Database;
use scratch_postgres::ScratchPostgres;
use serde_json::{Value, json};

use crate::tool_harness::ToolHarness;

#[test]
fn a_database_that_is_gone_is_unavailable_and_the_same_process_serves_when_it_is_back() {
    let mut server = ScratchPostgres::start().unwrap();
    server.create_database("app").unwrap();
    let tools = ToolHarness::open(Database::At(server.url("app")));
    let user = tools.user();
    let task = user.add("kept");

    server.stop();
    for (tool, input) in [
        ("get-task", json!({ "id": task["id"] })),
        ("add-task", json!({ "title": "lost" })),
        ("list-tasks", json!({})),
        ("overview", json!({})),
        ("export-tasks", json!({ "format": "json" })),
        ("complete-tasks", json!({ "filter": { "status": "open" } })),
        ("delete-tasks", json!({ "filter": { "status": "open" } })),
        ("restore-tasks", json!({ "ids": [task["id"]], "undo": "deletion" })),
        ("import-tasks", json!({ "format": "markdown", "text": "- lost" })),
        ("quick-add-task", json!({ "text": "lost +list" })),
        ("add-list", json!({ "name": "lost" })),
        ("list-lists", json!({})),
        ("update-list", json!({ "id": task["id"], "name": "lost" })),
        ("delete-list", json!({ "id": task["id"] })),
        ("add-reminder", json!({ "task_id": task["id"], "before_due_minutes": 5 })),
        ("list-reminders", json!({})),
        ("cancel-reminder", json!({ "id": task["id"] })),
        ("undo-action", json!({})),
        ("redo-action", json!({})),
        ("list-actions", json!({})),
    ] {
        let error = user.error(tool, input);
        assert!(
            error["unavailable"].as_u64().is_some_and(|seconds| (1..=60).contains(&seconds)),
            "{tool}: {error}"
        );
    }

    server.resume().unwrap();
    assert_eq!(user.read(&task), task);
    assert_eq!(user.titles("list-tasks", json!({})), ["kept"]);
}

#[test]
fn a_change_that_waits_too_long_for_another_is_unavailable_and_changes_nothing() {
    let tools = ToolHarness::open(Database::Shared);
    let user = tools.user();
    let task = user.add("t");
    let id = task["id"].as_str().unwrap();
    // Held longer than the role may wait for a lock (migrations: 5 s).
    let lock =
        format!("BEGIN; SELECT 1 FROM todo.tasks WHERE id = '{id}' FOR UPDATE; SELECT pg_sleep(8); COMMIT");
    thread::scope(|scope| {
        let holder = scope.spawn(|| tools.0.sql(&lock));
        thread::sleep(Duration::from_millis(500));
        let error = user.error("complete-task", json!({ "id": id }));
        assert_eq!(error, json!({ "unavailable": 1 }));
        holder.join().unwrap().unwrap();
    });
    assert_eq!(user.read(&task), task);
}

#[test]
fn a_fault_inside_answers_the_request_id_and_nothing_else() {
    let tools = ToolHarness::open(Database::Shared);
    let user = tools.user();
    user.add("secret plan");
    tools.0.sql("ALTER TABLE todo.tasks RENAME COLUMN priority TO importance").unwrap();
    assert_eq!(user.error("list-tasks", json!({})), json!({ "internal": "test-request" }));
    assert_eq!(
        user.error("add-task", json!({ "title": "secret plan" })),
        json!({ "internal": "test-request" })
    );
    let log = tools.0.log();
    let line = line_of_component(&log, "42703");
    for (member, value) in [
        ("level", "error"),
        ("component", "list-tasks"),
        ("request_id", "test-request"),
        ("statement", "select_page"),
    ] {
        assert_eq!(line[member], value, "{line}");
    }
    assert!(!log.contains("secret plan"), "the log holds nothing of the task");
}

/// The first line with this in it, as a component wrote it: the host has it for the message of a line of its own.
fn line_of_component(log: &str, part: &str) -> Value {
    let line = log.lines().find(|line| line.contains(part)).unwrap_or_else(|| panic!("{part}: {log}"));
    let line: Value = serde_json::from_str(line).unwrap();
    serde_json::from_str(line["message"].as_str().unwrap()).unwrap()
}

#[test]
fn a_row_that_makes_no_sense_is_named_in_the_log() {
    let tools = ToolHarness::open(Database::Shared);
    let user = tools.user();
    let task = user.add("t");
    let id = task["id"].as_str().unwrap();
    tools.0.sql("ALTER TABLE todo.tasks DROP CONSTRAINT tasks_priority_known").unwrap();
    tools.0.sql(&format!("UPDATE todo.tasks SET priority = 9 WHERE id = '{id}'")).unwrap();
    assert_eq!(user.error("get-task", json!({ "id": id })), json!({ "internal": "test-request" }));
    assert!(tools.0.log().contains("todo.tasks.priority does not make sense"), "{}", tools.0.log());
}

#[test]
fn a_constraint_that_refuses_names_the_field() {
    let tools = ToolHarness::open(Database::Shared);
    let user = tools.user();
    // As if the rules of app and database had drifted apart.
    tools.0.sql("ALTER TABLE todo.tasks DROP CONSTRAINT tasks_title_length, ADD CONSTRAINT tasks_title_length CHECK (char_length(title) <= 5)").unwrap();
    assert_eq!(user.pointers("add-task", json!({ "title": "longer" })), ["/title"]);
    let task = user.add("short");
    assert_eq!(user.pointers("update-task", json!({ "id": task["id"], "title": "longer" })), ["/title"]);
}

#[test]
fn a_user_id_that_is_none_is_a_fault_of_ours() {
    let user = ToolHarness::shared().user().named("not-a-uuid");
    assert_eq!(user.error("list-tasks", json!({})), json!({ "internal": "test-request" }));
}
