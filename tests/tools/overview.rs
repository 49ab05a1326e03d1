//! Where a user stands.

use serde_json::json;

use crate::tool_harness::{ToolHarness, titles};

#[test]
fn someone_without_tasks_gets_zeros() {
    let tools = ToolHarness::shared();
    assert_eq!(
        tools.user().ok("overview", json!({})),
        json!({
            "today": "2026-11-18", "open_count": 0, "overdue_count": 0, "due_today_count": 0, "upcoming_count": 0,
            "completed_today_count": 0, "overdue": [], "due_today": [], "upcoming": [], "labels": [],
        })
    );
}

#[test]
fn tasks_fall_where_the_callers_day_puts_them() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    // Now is 2026-11-18T11:06:40Z.
    for (title, due) in [
        ("long overdue", "2026-11-01"),
        ("just overdue", "2026-11-18T11:06:39Z"),
        ("due now", "2026-11-18T11:06:40Z"),
        ("due tonight", "2026-11-18"),
        ("first upcoming", "2026-11-19T00:00:00Z"),
        ("last upcoming", "2026-11-25"),
        ("beyond", "2026-11-26T00:00:00Z"),
    ] {
        user.ok("add-task", json!({ "title": title, "due": due }));
    }
    user.add("not due");
    let overview = user.ok("overview", json!({}));
    assert_eq!(overview["open_count"], 8);
    assert_eq!(titles(&overview["overdue"]), ["long overdue", "just overdue"]);
    assert_eq!(titles(&overview["due_today"]), ["due now", "due tonight"]);
    assert_eq!(titles(&overview["upcoming"]), ["first upcoming", "last upcoming"]);
    assert_eq!(
        (&overview["overdue_count"], &overview["due_today_count"], &overview["upcoming_count"]),
        (&json!(2), &json!(2), &json!(2))
    );
    let longer = user.ok("overview", json!({ "days": 8 }));
    assert_eq!(titles(&longer["upcoming"]), ["first upcoming", "last upcoming", "beyond"]);
}

#[test]
fn today_is_another_day_elsewhere() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    user.ok("add-task", json!({ "title": "t", "due": "2026-11-18T23:30:00Z" }));
    let part = |zone: &str| {
        let overview = user.in_zone(zone).ok("overview", json!({}));
        (overview["today"].clone(), overview["due_today_count"].clone(), overview["upcoming_count"].clone())
    };
    assert_eq!(part("UTC"), (json!("2026-11-18"), json!(1), json!(0)));
    assert_eq!(part("Europe/Berlin"), (json!("2026-11-18"), json!(0), json!(1)));
    // There it is 2026-11-19, 01:06: the instant is still to come on that same day.
    assert_eq!(part("Pacific/Kiritimati"), (json!("2026-11-19"), json!(1), json!(0)));
}

#[test]
fn what_was_completed_today_is_counted_until_midnight() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    for (title, seconds) in
        [("yesterday", -12 * 3600), ("today", 0), ("today too", 12 * 3600), ("tomorrow", 13 * 3600)]
    {
        let task = user.add(title);
        user.later(seconds).ok("complete-task", json!({ "id": task["id"] }));
    }
    let overview = user.ok("overview", json!({}));
    assert_eq!((&overview["completed_today_count"], &overview["open_count"]), (&json!(2), &json!(0)));
}

#[test]
fn a_list_stops_at_ten_while_its_count_goes_on() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    for day in 1..=12 {
        user.ok("add-task", json!({ "title": format!("{day}"), "due": format!("2026-10-{day:02}") }));
    }
    let overview = user.ok("overview", json!({}));
    assert_eq!(overview["overdue_count"], 12);
    assert_eq!(titles(&overview["overdue"]), (1..=10).map(|day| day.to_string()).collect::<Vec<_>>());
}

#[test]
fn labels_of_open_tasks_are_counted_most_used_first() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    for labels in [vec!["home", "b"], vec!["home"], vec!["a"]] {
        user.ok("add-task", json!({ "title": "t", "labels": labels }));
    }
    let done = user.ok("add-task", json!({ "title": "t", "labels": ["done"] }));
    user.ok("complete-task", json!({ "id": done["id"] }));
    let expected = json!([
        { "label": "home", "open": 2 }, { "label": "a", "open": 1 }, { "label": "b", "open": 1 },
    ]);
    assert_eq!(user.ok("overview", json!({}))["labels"], expected);
}

#[test]
fn what_is_out_of_range_is_refused() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    assert_eq!(user.pointers("overview", json!({ "days": 0 })), ["/days"]);
    assert_eq!(user.in_zone("Mars/Olympus").pointers("overview", json!({ "days": 32 })), ["/days", ""]);
}

#[test]
fn a_strangers_tasks_do_not_count() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    alice.ok("add-task", json!({ "title": "hers", "due": "2026-11-18", "labels": ["secret"] }));
    let overview = bob.ok("overview", json!({}));
    assert_eq!((&overview["open_count"], &overview["labels"]), (&json!(0), &json!([])));
}
