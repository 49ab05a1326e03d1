//! Tasks that repeat, through the tools that set, complete and reopen them.

use std::thread;

use serde_json::{Value, json};

use crate::tool_harness::{ToolHarness, User};

const DAY: i64 = 86_400;

fn repeating(user: &User<'_>, rule: &str, due: &str) -> Value {
    user.add_input(
        &json!({ "title": "water", "due": due, "labels": ["home"], "recurrence": { "rule": rule } }),
    )
}

fn occurrences(tools: &ToolHarness, task: &Value) -> Vec<String> {
    let id = task["id"].as_str().unwrap();
    let sql = format!(
        "SELECT version || ' ' || due_on FROM todo.task_occurrences WHERE task_id = '{id}' ORDER BY version"
    );
    tools.0.sql(&sql).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn a_rule_comes_back_in_one_spelling_and_in_words() {
    let tools = ToolHarness::shared();
    let user = tools.user().in_zone("Europe/Berlin");
    let task = repeating(&user, "byday=fr;freq=weekly;interval=2", "2026-11-20");
    let expected = json!({
        "rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "from": "due", "zone": "Europe/Berlin", "exceptions": [],
        "words": "every 2nd Friday",
    });
    assert_eq!(task["recurrence"], expected);
    assert_eq!(user.read(&task), task);
    assert!(user.add("once")["recurrence"].is_null());
    let undated = user.add_input(&json!({ "title": "t", "recurrence": { "rule": "FREQ=WEEKLY;BYDAY=FR" } }));
    assert_eq!((&undated["due"], &undated["time_zone"]), (&json!("2026-11-20"), &json!("Europe/Berlin")));
}

#[test]
fn completing_moves_to_the_next_occurrence_and_keeps_the_completed_one() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = repeating(&user, "FREQ=DAILY;COUNT=3", "2026-11-18");
    let moved = user.later(5).ok("complete-task", json!({ "id": task["id"], "version": 1 }));
    assert_eq!((&moved["due"], &moved["version"]), (&json!("2026-11-19"), &json!(2)));
    assert!(moved["completed_at"].is_null());
    assert_eq!(moved["updated_at"], "2026-11-18T11:06:45Z");
    assert_eq!(user.read(&task), moved);
    assert_eq!(occurrences(tools, &task), ["2 2026-11-18"]);
    assert_eq!(tools.events(&task), ["todo.task.created 1", "todo.task.completed 2"]);
    assert_eq!(user.ok("overview", json!({}))["completed_today_count"], 1);
    // The day after, and once more: then the rule is over, and the task is done as any.
    let user = user.later(DAY);
    user.ok("complete-task", json!({ "id": task["id"] }));
    let done = user.later(DAY).ok("complete-task", json!({ "id": task["id"] }));
    assert_eq!((&done["due"], &done["completed_at"]), (&json!("2026-11-20"), &json!("2026-11-20T11:06:40Z")));
    assert_eq!(occurrences(tools, &task).len(), 2);
    let reopened = user.ok("reopen-task", json!({ "id": task["id"] }));
    assert_eq!((&reopened["due"], &reopened["completed_at"]), (&json!("2026-11-20"), &Value::Null));
}

#[test]
fn completing_from_completion_counts_from_the_day_it_is_done() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add_input(&json!({
        "title": "t", "due": "2026-11-18", "recurrence": { "rule": "FREQ=DAILY;INTERVAL=3", "from": "completion" }
    }));
    assert_eq!(task["recurrence"]["words"], "every 3 days from completion");
    let moved = user.later(2 * DAY).ok("complete-task", json!({ "id": task["id"] }));
    assert_eq!(moved["due"], "2026-11-23");
}

#[test]
fn five_hundred_completions_in_a_row_drift_by_nothing() {
    let tools = ToolHarness::shared();
    let mut user = tools.user();
    let task = user.add_input(&json!({
        "title": "t", "due": "2026-11-18T09:00:00+01:00", "time_zone": "Europe/Berlin",
        "recurrence": { "rule": "FREQ=DAILY" },
    }));
    for _ in 0..500 {
        user.ok("complete-task", json!({ "id": task["id"] }));
        user = user.later(DAY);
    }
    let task = user.read(&task);
    // 500 days later, in summer time.
    assert_eq!((&task["due"], &task["version"]), (&json!("2028-04-01T09:00:00+02:00"), &json!(501)));
}

#[test]
fn of_two_writers_with_one_version_only_the_first_moves_it() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = repeating(&user, "FREQ=DAILY", "2026-11-18");
    let calls: Vec<Value> = thread::scope(|scope| {
        let call = || user.call("complete-task", json!({ "id": task["id"], "version": 1 }));
        let calls: Vec<_> = (0..4).map(|_| scope.spawn(call)).collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    });
    assert_eq!(calls.iter().filter(|answer| answer.get("ok").is_some()).count(), 1, "{calls:?}");
    assert_eq!(calls.iter().filter(|answer| answer["error"] == json!({ "conflict": 2 })).count(), 3);
    assert_eq!(user.read(&task)["due"], "2026-11-19");
    assert_eq!(occurrences(tools, &task).len(), 1);
}

#[test]
fn reopening_takes_back_the_last_completion_once() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    for (tool, input) in [
        ("reopen-task", |task: &Value| json!({ "id": task["id"] })),
        ("restore-tasks", |task: &Value| json!({ "ids": [task["id"]], "undo": "completion" })),
    ] as [(&str, fn(&Value) -> Value); 2]
    {
        let task = repeating(&user, "FREQ=DAILY;COUNT=3", "2026-11-18");
        user.ok("complete-task", json!({ "id": task["id"] }));
        user.ok("complete-task", json!({ "id": task["id"] }));
        user.ok(tool, input(&task));
        let back = user.read(&task);
        assert_eq!((&back["due"], &back["version"]), (&json!("2026-11-19"), &json!(4)), "{tool}");
        assert_eq!(occurrences(tools, &task), ["2 2026-11-18"], "{tool}");
        user.ok(tool, input(&task));
        assert_eq!(user.read(&task), back, "{tool}");
        assert_eq!(tools.events(&task).last().map(String::as_str), Some("todo.task.reopened 4"));
        // It goes on where it was: two are left.
        user.ok("complete-task", json!({ "id": task["id"] }));
        let last = user.ok("complete-task", json!({ "id": task["id"] }));
        assert_eq!((&last["due"], last["completed_at"].is_null()), (&json!("2026-11-20"), false), "{tool}");
    }
}

#[test]
fn what_changed_since_is_not_taken_back() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = repeating(&user, "FREQ=DAILY", "2026-11-18");
    user.ok("complete-task", json!({ "id": task["id"] }));
    let renamed = user.ok("update-task", json!({ "id": task["id"], "title": "u" }));
    assert_eq!(user.ok("reopen-task", json!({ "id": task["id"] })), renamed);
    let outcome = user.ok("restore-tasks", json!({ "ids": [task["id"]], "undo": "completion" }));
    assert_eq!(outcome["count"], 0);
}

#[test]
fn many_completed_at_once_move_on_each_by_one_occurrence() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let daily = repeating(&user, "FREQ=DAILY", "2026-11-18");
    let last = repeating(&user, "FREQ=DAILY;UNTIL=20261118", "2026-11-18");
    let once = user.add_input(&json!({ "title": "once", "labels": ["home"] }));
    let filter = json!({ "filter": { "label": "home" } });
    let dry = user.ok("complete-tasks", json!({ "filter": { "label": "home" }, "dry_run": true }));
    assert_eq!((&dry["count"], user.read(&daily)), (&json!(3), daily.clone()));
    let outcome = user.later(5).ok("complete-tasks", filter.clone());
    assert_eq!((&outcome["count"], &outcome["remaining"]), (&json!(3), &json!(0)));
    let answered = outcome["tasks"].as_array().unwrap();
    assert!(answered.contains(&user.read(&daily)), "answered as it is now: {outcome}");
    assert_eq!(user.read(&daily)["due"], "2026-11-19");
    assert!(user.read(&daily)["completed_at"].is_null());
    assert!(!user.read(&last)["completed_at"].is_null() && !user.read(&once)["completed_at"].is_null());
    assert_eq!(occurrences(tools, &daily), ["2 2026-11-18"]);
    // Once more at once: nothing; the day after it is due again.
    assert_eq!(user.later(9).ok("complete-tasks", filter.clone())["count"], 0);
    assert_eq!(user.later(DAY).ok("complete-tasks", filter)["count"], 1);
    assert_eq!(user.read(&daily)["due"], "2026-11-20");
}

#[test]
fn an_update_moves_one_occurrence_or_the_series_or_ends_it() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = repeating(&user, "FREQ=WEEKLY;BYDAY=FR", "2026-11-20");
    let change = |members: Value| {
        let mut input = json!({ "id": task["id"] });
        input.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        user.ok("update-task", input)
    };
    let moved = change(json!({ "due": "2026-11-19" }));
    assert_eq!((&moved["due"], &moved["recurrence"]), (&json!("2026-11-19"), &task["recurrence"]));
    assert_eq!(user.ok("complete-task", json!({ "id": task["id"] }))["due"], "2026-11-27");
    let anew = change(json!({ "due": "2026-11-30", "recurrence": { "rule": "FREQ=DAILY;INTERVAL=2" } }));
    assert_eq!((&anew["due"], &anew["recurrence"]["words"]), (&json!("2026-11-30"), &json!("every 2 days")));
    assert_eq!(user.ok("complete-task", json!({ "id": task["id"] }))["due"], "2026-12-02");
    let same = change(json!({ "recurrence": { "rule": "FREQ=DAILY;INTERVAL=2" } }));
    assert_eq!(user.read(&task), same);
    assert_eq!(tools.events(&task).len(), 5, "the same rule once more changes nothing");
    let ended = change(json!({ "clear": ["recurrence"] }));
    assert_eq!((&ended["due"], &ended["recurrence"]), (&json!("2026-12-02"), &Value::Null));
    change(json!({ "recurrence": { "rule": "FREQ=DAILY" } }));
    let undated = change(json!({ "clear": ["due"] }));
    assert_eq!((&undated["due"], &undated["recurrence"]), (&Value::Null, &Value::Null));
    let due_again = change(json!({ "recurrence": { "rule": "FREQ=DAILY" } }));
    assert_eq!(due_again["due"], "2026-11-18");
}

#[test]
fn a_rule_that_can_not_be_is_named_by_its_member() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("t");
    for recurrence in [
        json!({ "rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30" }),
        json!({ "rule": "FREQ=SECONDLY" }),
        json!({ "rule": "FREQ=DAILY;COUNT=1000000" }),
        json!({ "rule": format!("FREQ=DAILY;BYHOUR={}", "1,".repeat(300)) }),
        json!({ "rule": "every friday" }),
    ] {
        let new = json!({ "title": "t", "due": "2026-11-20", "recurrence": recurrence });
        assert_eq!(user.pointers("add-task", new), ["/recurrence/rule"], "{recurrence}");
        let change = json!({ "id": task["id"], "recurrence": recurrence });
        assert_eq!(user.pointers("update-task", change), ["/recurrence/rule"], "{recurrence}");
    }
    assert_eq!(user.read(&task), task);
}
