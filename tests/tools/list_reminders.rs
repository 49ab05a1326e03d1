//! Listing reminders.

use serde_json::{Value, json};

use crate::tool_harness::{ToolHarness, User};

fn titles(user: &User<'_>, query: Value) -> Vec<String> {
    let listed = user.ok("list-reminders", query);
    let items = listed["items"].as_array().unwrap().iter();
    items.map(|one| one["title"].as_str().unwrap().to_owned()).collect()
}

/// A task with a reminder at this hour of the next day.
fn reminded(user: &User<'_>, title: &str, hour: u8) -> (Value, Value) {
    let task = user.add(title);
    let at = format!("2026-11-19T{hour:02}:00:00Z");
    let reminder = user.ok("add-reminder", json!({ "task_id": task["id"], "at": at }));
    (task, reminder)
}

#[test]
fn those_that_wait_stand_soonest_first_without_those_of_tasks_that_are_gone() {
    let user = ToolHarness::shared().user();
    assert_eq!(user.ok("list-reminders", json!({})), json!({ "items": [] }));
    reminded(&user, "third", 12);
    reminded(&user, "first", 10);
    reminded(&user, "second", 11);
    let (done, _) = reminded(&user, "done", 9);
    let (deleted, _) = reminded(&user, "deleted", 9);
    user.ok("complete-task", json!({ "id": done["id"] }));
    user.ok("delete-task", json!({ "id": deleted["id"] }));
    assert_eq!(titles(&user, json!({})), ["first", "second", "third"]);
    assert_eq!(titles(&user, json!({ "state": "waiting", "limit": 2 })), ["first", "second"]);
    assert_eq!(titles(&user, json!({ "task_id": done["id"] })), ["done"]);
    assert_eq!(titles(&user, json!({ "task_id": deleted["id"] })), Vec::<String>::new());
    assert_eq!(
        user.pointers("list-reminders", json!({ "task_id": "7", "limit": 101 })),
        ["/task_id", "/limit"]
    );
}

#[test]
fn those_that_were_sent_stand_latest_first_and_those_of_a_task_whatever_became_of_them() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let (task, _) = reminded(&user, "early", 10);
    reminded(&user, "late", 11);
    let (id, other) = (&user.id, reminded(&user, "waits", 12).0);
    let sent = "SET state = 'sent', next_at = NULL, sent_at = remind_at";
    let earlier = "remind_at < '2026-11-19T12:00:00Z'";
    tools.0.sql(&format!("UPDATE todo.reminders {sent} WHERE user_id = '{id}' AND {earlier}")).unwrap();
    assert_eq!(titles(&user, json!({ "state": "sent" })), ["late", "early"]);
    assert_eq!(titles(&user, json!({ "state": "failed" })), Vec::<String>::new());
    assert_eq!(titles(&user, json!({ "task_id": task["id"] })), ["early"]);
    assert_eq!(titles(&user, json!({ "task_id": task["id"], "state": "waiting" })), Vec::<String>::new());
    assert_eq!(titles(&user, json!({ "task_id": other["id"], "state": "waiting" })), ["waits"]);
}

#[test]
fn those_of_another_user_never_come() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    let (task, _) = reminded(&alice, "hers", 10);
    assert_eq!(titles(&bob, json!({})), Vec::<String>::new());
    assert_eq!(titles(&bob, json!({ "task_id": task["id"] })), Vec::<String>::new());
}
