//! Adding a reminder.

use serde_json::{Value, json};

use crate::tool_harness::{ToolHarness, User};

/// A task that is due at a time, an hour from now.
fn due_in_an_hour(user: &User<'_>) -> Value {
    user.ok("add-task", json!({ "title": "Call Anna", "due": "2026-11-18T12:06:40Z" }))
}

fn list_reminders(user: &User<'_>, task: &Value) -> Vec<Value> {
    let listed = user.ok("list-reminders", json!({ "task_id": task["id"] }));
    listed["items"].as_array().unwrap().clone()
}

#[test]
fn one_at_an_instant_stays_and_a_relative_one_moves_with_its_task() {
    let user = ToolHarness::shared().user();
    let task = due_in_an_hour(&user);
    let at = user.ok("add-reminder", json!({ "task_id": task["id"], "at": "2026-11-18T13:00:00+01:00" }));
    assert_eq!(
        (&at["at"], &at["before_due_minutes"], &at["state"], &at["title"]),
        (&json!("2026-11-18T12:00:00Z"), &Value::Null, &json!("waiting"), &json!("Call Anna"))
    );
    let before = user.ok("add-reminder", json!({ "task_id": task["id"], "before_due_minutes": 30 }));
    assert_eq!(before["at"], "2026-11-18T11:36:40Z");

    user.ok("update-task", json!({ "id": task["id"], "due": "2026-11-20T10:00:00Z" }));
    let times =
        |user: &User<'_>| list_reminders(user, &task).iter().map(|one| one["at"].clone()).collect::<Vec<_>>();
    assert_eq!(times(&user), ["2026-11-18T12:00:00Z", "2026-11-20T09:30:00Z"]);
    // A whole day has no time to be before.
    user.ok("update-task", json!({ "id": task["id"], "due": "2026-11-20" }));
    assert_eq!(times(&user), [json!("2026-11-18T12:00:00Z"), Value::Null]);
    user.ok("update-task", json!({ "id": task["id"], "due": "2026-11-21T10:00:00Z" }));
    assert_eq!(times(&user), ["2026-11-18T12:00:00Z", "2026-11-21T09:30:00Z"]);
}

#[test]
fn a_relative_one_is_due_again_before_each_occurrence() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let input =
        json!({ "title": "Stretch", "due": "2026-11-18T12:00:00Z", "recurrence": { "rule": "FREQ=DAILY" } });
    let task = user.ok("add-task", input);
    let reminder = user.ok("add-reminder", json!({ "task_id": task["id"], "before_due_minutes": 10 }));
    let id = reminder["id"].as_str().unwrap();
    let state = || {
        let one = &list_reminders(&user, &task)[0];
        (one["state"].as_str().unwrap().to_owned(), one["at"].as_str().unwrap().to_owned())
    };
    let send = || {
        let sent = "SET state = 'sent', next_at = NULL, sent_at = remind_at + interval '1 second'";
        tools.0.sql(&format!("UPDATE todo.reminders {sent} WHERE id = '{id}'")).unwrap();
    };
    send();
    user.ok("complete-task", json!({ "id": task["id"] }));
    assert_eq!(state(), ("waiting".to_owned(), "2026-11-19T11:50:00Z".to_owned()));
    // Skipped by a statement of another tool.
    user.ok("skip-occurrence", json!({ "id": task["id"] }));
    assert_eq!(state(), ("waiting".to_owned(), "2026-11-20T11:50:00Z".to_owned()));
    // Moved back to a time before the last one was sent: it was reminded of already.
    send();
    user.ok("update-task", json!({ "id": task["id"], "due": "2026-11-19T12:00:00Z" }));
    assert_eq!(state(), ("sent".to_owned(), "2026-11-19T11:50:00Z".to_owned()));
}

#[test]
fn a_time_that_is_over_or_that_the_task_has_not_is_refused_by_name() {
    let user = ToolHarness::shared().user();
    let task = due_in_an_hour(&user);
    let undated = user.add("some day");
    let whole_day = user.ok("add-task", json!({ "title": "t", "due": "2026-11-20" }));
    for (task, more, pointer) in [
        (&task, json!({ "at": "2026-11-18T11:06:40Z" }), "/at"),
        (&task, json!({ "at": "2026-11-19" }), "/at"),
        (&task, json!({ "at": "soon" }), "/at"),
        (&task, json!({ "before_due_minutes": 60 }), "/before_due_minutes"),
        (&task, json!({ "before_due_minutes": 40_321 }), "/before_due_minutes"),
        (&undated, json!({ "before_due_minutes": 5 }), "/before_due_minutes"),
        (&whole_day, json!({ "before_due_minutes": 5 }), "/before_due_minutes"),
        (&task, json!({}), ""),
        (&task, json!({ "at": "2026-11-19T12:00:00Z", "before_due_minutes": 5 }), ""),
    ] {
        let mut input = more;
        input["task_id"] = task["id"].clone();
        assert_eq!(user.pointers("add-reminder", input.clone()), [pointer], "{input}");
    }
    assert_eq!(list_reminders(&user, &task), Vec::<Value>::new());
}

#[test]
fn a_task_has_twenty_and_no_more() {
    let user = ToolHarness::shared().user();
    let task = due_in_an_hour(&user);
    let input = json!({ "task_id": task["id"], "before_due_minutes": 5 });
    for _ in 0..20 {
        user.ok("add-reminder", input.clone());
    }
    assert_eq!(user.error("add-reminder", input.clone()), json!({ "too_many_reminders": 20 }));
    let first = list_reminders(&user, &task)[0]["id"].clone();
    user.ok("cancel-reminder", json!({ "id": first }));
    user.ok("add-reminder", input);
}

#[test]
fn a_task_of_another_user_or_a_deleted_one_is_not_found() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    let task = due_in_an_hour(&alice);
    let input = json!({ "task_id": task["id"], "before_due_minutes": 5 });
    assert_eq!(bob.error("add-reminder", input.clone()), json!({ "not_found": true }));
    alice.ok("delete-task", json!({ "id": task["id"] }));
    assert_eq!(alice.error("add-reminder", input), json!({ "not_found": true }));
}
