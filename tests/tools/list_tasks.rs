//! Listing tasks: filters, cursors and what is refused. Orders and filters together: `list_tasks_model.rs`.

use serde_json::{Value, json};

use crate::tool_harness::{ToolHarness, User};

/// The last character of a cursor that is changed is in the middle, where every bit counts.
fn damaged(cursor: &str) -> String {
    let middle = cursor.len() / 2;
    let other = if cursor.as_bytes()[middle] == b'A' { "B" } else { "A" };
    format!("{}{other}{}", &cursor[..middle], &cursor[middle + 1..])
}

fn page(user: &User<'_>, input: Value) -> (Vec<String>, Value) {
    let page = user.ok("list-tasks", input);
    (crate::tool_harness::titles(&page["items"]), page["next_cursor"].clone())
}

#[test]
fn left_out_means_everything_by_due_time_twenty_a_page() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    for number in 0..21 {
        user.ok(
            "add-task",
            json!({ "title": format!("{number:02}"), "due": format!("2026-12-{:02}", number + 1) }),
        );
    }
    let done = user.add("done and not due");
    user.ok("complete-task", json!({ "id": done["id"] }));
    let (first, cursor) = page(&user, json!({}));
    assert_eq!(first.len(), 20);
    assert_eq!(first[0], "00");
    let (second, end) = page(&user, json!({ "cursor": cursor }));
    assert_eq!(second, ["20", "done and not due"]);
    assert_eq!(end, Value::Null);
}

#[test]
fn a_last_page_that_is_just_full_has_no_next() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    user.add("a");
    user.add("b");
    let (titles, cursor) = page(&user, json!({ "limit": 2 }));
    assert_eq!((titles.len(), cursor), (2, Value::Null));
}

#[test]
fn a_day_begins_where_the_caller_is() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    user.ok("add-task", json!({ "title": "late", "due": "2026-11-22T23:30:00Z" }));
    let on_the_22nd = json!({ "due_after": "2026-11-22", "due_before": "2026-11-23" });
    assert_eq!(user.titles("list-tasks", on_the_22nd.clone()), ["late"]);
    assert!(user.in_zone("Europe/Berlin").titles("list-tasks", on_the_22nd).is_empty());
}

#[test]
fn a_due_filter_leaves_out_what_is_not_due() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    user.add("not due");
    user.ok("add-task", json!({ "title": "due", "due": "9999-12-31" }));
    assert_eq!(user.titles("list-tasks", json!({ "due_after": "2026-01-01" })), ["due"]);
    assert_eq!(user.titles("list-tasks", json!({ "due_after": "2026-01-01", "sort": "title" })), ["due"]);
    assert!(user.titles("list-tasks", json!({ "due_before": "2026-01-01" })).is_empty());
}

#[test]
fn overdue_is_open_and_past() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    for (title, due) in [("past", "2026-11-17"), ("past and done", "2026-11-17"), ("today", "2026-11-18")] {
        user.ok("add-task", json!({ "title": title, "due": due }));
    }
    user.add("not due");
    let done = user.ok("list-tasks", json!({ "text": "done" }))["items"][0].clone();
    user.ok("complete-task", json!({ "id": done["id"] }));
    assert_eq!(user.titles("list-tasks", json!({ "overdue": true })), ["past"]);
    assert!(user.titles("list-tasks", json!({ "overdue": true, "status": "done" })).is_empty());
    assert_eq!(user.titles("list-tasks", json!({ "overdue": false })), ["past and done", "today", "not due"]);
    assert_eq!(
        user.titles("list-tasks", json!({ "overdue": false, "status": "open" })),
        ["today", "not due"]
    );
}

#[test]
fn titles_sort_without_case_and_accents() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    for title in ["banana", "Äpfel", "apricot", "Zucchini", "Éclair"] {
        user.add(title);
    }
    let expected = ["Äpfel", "apricot", "banana", "Éclair", "Zucchini"];
    assert_eq!(user.titles("list-tasks", json!({ "sort": "title" })), expected);
}

#[test]
fn pages_go_on_where_they_ended_whatever_happens_between() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let tasks: Vec<Value> = ["b", "d", "f", "h"].iter().map(|title| user.add(title)).collect();
    let query = json!({ "sort": "title", "limit": 2 });
    let (first, cursor) = page(&user, query.clone());
    assert_eq!(first, ["b", "d"]);
    user.ok("delete-task", json!({ "id": tasks[1]["id"] }));
    user.add("a");
    user.add("e");
    let (second, _) = page(&user, json!({ "sort": "title", "limit": 2, "cursor": cursor }));
    assert_eq!(second, ["e", "f"]);
}

#[test]
fn a_cursor_of_another_list_is_refused() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    for (second, title) in (0..).zip(["a", "b", "c"]) {
        user.later(second).ok("add-task", json!({ "title": title, "labels": ["x"] }));
    }
    let (_, cursor) = page(&user, json!({ "label": "x", "limit": 1 }));
    assert_eq!(page(&user, json!({ "label": "X", "limit": 5, "cursor": cursor })).0, ["b", "c"]);
    for other in [
        json!({}),
        json!({ "label": "y" }),
        json!({ "label": "x", "direction": "descending" }),
        json!({ "label": "x", "sort": "title" }),
        json!({ "label": "x", "status": "open" }),
        json!({ "label": "x", "text": "a" }),
        json!({ "label": "x", "due_before": "2026-12-01" }),
    ] {
        let mut input = other.clone();
        input["cursor"] = cursor.clone();
        assert_eq!(user.pointers("list-tasks", input), ["/cursor"], "{other}");
    }
    let stranger = tools.user();
    assert_eq!(stranger.pointers("list-tasks", json!({ "label": "x", "cursor": cursor })), ["/cursor"]);
}

#[test]
fn what_is_no_cursor_is_refused() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    user.add("a");
    user.add("b");
    let (_, cursor) = page(&user, json!({ "limit": 1 }));
    let text = cursor.as_str().unwrap();
    for wrong in ["", "x", "🎂", &text[1..], &text[..text.len() - 4], &format!("{text}="), &"A".repeat(5000)]
    {
        assert_eq!(user.pointers("list-tasks", json!({ "cursor": wrong })), ["/cursor"], "{wrong}");
    }
    // A changed position is at worst another position of the caller's own list.
    let answer = user.call("list-tasks", json!({ "cursor": damaged(text) }));
    assert!(answer.get("ok").is_some() || answer["error"]["invalid"][0]["pointer"] == "/cursor", "{answer}");
}

#[test]
fn everything_wrong_is_named_at_once() {
    let tools = ToolHarness::shared();
    let input = json!({
        "due_after": "soon", "due_before": "2026-02-30", "label": "a b", "text": "!", "limit": 101, "cursor": "x",
    });
    let expected = ["/due_after", "/due_before", "/label", "/text", "/limit", "/cursor"];
    assert_eq!(tools.user().pointers("list-tasks", input), expected);
}

#[test]
fn a_strangers_tasks_are_not_listed() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    alice.add("hers");
    assert!(bob.titles("list-tasks", json!({})).is_empty());
}
