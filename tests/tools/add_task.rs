//! Adding a task.

use serde_json::json;

use crate::tool_harness::ToolHarness;

#[test]
fn a_title_is_enough() {
    let tools = ToolHarness::shared();
    let task = tools.user().ok("add-task", json!({ "title": "  Buy milk " }));
    let id = task["id"].as_str().unwrap();
    assert_eq!(uuid::Uuid::parse_str(id).unwrap().get_version_num(), 7);
    assert_eq!(
        task,
        json!({
            "id": id, "title": "Buy milk", "notes": null, "due": null, "time_zone": null, "priority": "normal",
             "labels": [], "list_id": null, "list": null, "recurrence": null,
            "parent_id": null, "subtasks": null, "completed_at": null, "version": 1,
            "created_at": "2026-11-18T11:06:40Z", "updated_at": "2026-11-18T11:06:40Z",
        })
    );
}

#[test]
fn everything_given_is_kept() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.ok(
        "add-task",
        json!({
            "title": "Prüfung 🎓", "notes": "line 1\r\n\tline 2", "due": "2026-11-22T18:00:00+01:00",
            "time_zone": "europe/berlin", "priority": "urgent", "labels": ["Uni", "home", "uni"],
        }),
    );
    assert_eq!(task["title"], "Prüfung 🎓");
    assert_eq!(task["notes"], "line 1\n\tline 2");
    assert_eq!(task["due"], "2026-11-22T18:00:00+01:00");
    assert_eq!(task["time_zone"], "Europe/Berlin");
    assert_eq!(task["priority"], "urgent");
    assert_eq!(task["labels"], json!(["home", "uni"]));
    assert_eq!(user.read(&task), task);
}

#[test]
fn a_day_stays_a_day_in_the_callers_zone() {
    let tools = ToolHarness::shared();
    let user = tools.user().in_zone("Pacific/Auckland");
    let task = user.ok("add-task", json!({ "title": "t", "due": "2026-11-22" }));
    assert_eq!((&task["due"], &task["time_zone"]), (&json!("2026-11-22"), &json!("Pacific/Auckland")));
}

#[test]
fn a_due_time_at_the_ends_of_the_calendar_is_kept() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    for due in ["1970-01-01", "9999-12-31", "1970-01-01T00:00:00+00:00", "9998-12-31T23:59:59.999999+00:00"] {
        let task = user.ok("add-task", json!({ "title": "t", "due": due }));
        assert_eq!(user.read(&task)["due"], due);
    }
    assert_eq!(user.ok("list-tasks", json!({}))["items"].as_array().unwrap().len(), 4);
}

#[test]
fn the_limits_are_where_they_are_said_to_be() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let labels: Vec<String> = (0..20).map(|number| format!("{number:ü>50}")).collect();
    let task = user.ok(
        "add-task",
        json!({
            "title": "ü".repeat(200), "notes": "語".repeat(10_000), "labels": labels,
        }),
    );
    assert_eq!(user.read(&task), task);
    let long = json!({ "title": "ü".repeat(201), "notes": "語".repeat(10_001), "labels": ["x".repeat(51)] });
    assert_eq!(user.pointers("add-task", long), ["/title", "/notes", "/labels/0"]);
}

#[test]
fn everything_wrong_is_named_at_once_and_nothing_is_added() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let wrong = json!({
        "title": " ", "notes": "\u{0}", "due": "2026-02-30", "time_zone": "UTC", "labels": ["a", "b c", "#d"],
    });
    assert_eq!(user.pointers("add-task", wrong), ["/title", "/notes", "/due", "/labels/1", "/labels/2"]);
    assert_eq!(user.pointers("add-task", json!({ "title": "t", "time_zone": "UTC" })), ["/time_zone"]);
    assert_eq!(user.titles("list-tasks", json!({})), Vec::<String>::new());
}

#[test]
fn text_that_means_something_to_sql_is_only_text() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    for title in ["'; DROP TABLE todo.tasks; --", "$1 \\ %s {} \" ''", "a:* & b | !c <-> 'd'"] {
        let task = user.ok("add-task", json!({ "title": title, "notes": title }));
        assert_eq!(user.read(&task)["title"], title);
    }
}

#[test]
fn the_event_is_written_with_the_task() {
    let tools = ToolHarness::shared();
    let task = tools.user().add("t");
    assert_eq!(tools.events(&task), ["todo.task.created 1"]);
}
