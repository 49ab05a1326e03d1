//! Skipping an occurrence of a task that repeats.

use serde_json::{Value, json};

use crate::tool_harness::{ToolHarness, User};

fn fridays(user: &User<'_>) -> Value {
    user.add_input(&json!({
        "title": "t", "due": "2026-11-20", "recurrence": { "rule": "FREQ=WEEKLY;BYDAY=FR;COUNT=3" }
    }))
}

#[test]
fn the_task_moves_to_its_next_occurrence_and_nothing_counts_as_completed() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = fridays(&user);
    let skipped = user.later(5).ok("skip-occurrence", json!({ "id": task["id"] }));
    assert_eq!((&skipped["due"], &skipped["version"]), (&json!("2026-11-27"), &json!(2)));
    assert!(skipped["completed_at"].is_null());
    assert_eq!(skipped["recurrence"], task["recurrence"]);
    assert_eq!(user.read(&task), skipped);
    assert_eq!(user.ok("overview", json!({}))["completed_today_count"], 0);
    assert_eq!(tools.events(&task), ["todo.task.created 1", "todo.task.updated 2"]);
}

#[test]
fn what_can_not_be_skipped_is_refused_in_words() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let refused = |task: &Value| {
        let error = user.error("skip-occurrence", json!({ "id": task["id"] }));
        assert_eq!(error["invalid"][0]["pointer"], "");
        error["invalid"][0]["message"].as_str().unwrap().to_owned()
    };
    assert!(refused(&user.add("once")).contains("does not repeat"));
    let task = fridays(&user);
    user.ok("skip-occurrence", json!({ "id": task["id"] }));
    user.ok("skip-occurrence", json!({ "id": task["id"] }));
    assert!(refused(&task).contains("last occurrence"));
    user.ok("complete-task", json!({ "id": task["id"] }));
    assert!(refused(&task).contains("reopen"));
    assert_eq!(user.pointers("skip-occurrence", json!({ "id": "x", "version": 0 })), ["/id", "/version"]);
}

#[test]
fn a_stale_version_conflicts_and_changes_nothing() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = fridays(&user);
    let moved = user.ok("skip-occurrence", json!({ "id": task["id"], "version": 1 }));
    assert_eq!(
        user.error("skip-occurrence", json!({ "id": task["id"], "version": 1 })),
        json!({ "conflict": 2 })
    );
    assert_eq!(user.read(&task), moved);
}

#[test]
fn a_strangers_task_is_not_found_and_stays_as_it_is() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    let task = fridays(&alice);
    assert_eq!(bob.error("skip-occurrence", json!({ "id": task["id"] })), json!({ "not_found": true }));
    assert_eq!(alice.read(&task), task);
}
