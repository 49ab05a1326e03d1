//! `GET /api/v1/tasks`

use harness::App;
use serde_json::json;

use crate::{TASKS, add, path_of_new, titles};

#[test]
fn pages_follow_each_other_by_cursor_and_by_link_without_gap_or_repetition() {
    let user = App::shared().user();
    for number in 0..7 {
        add(&user, &json!({ "title": format!("task {number}"), "labels": ["a"] }));
    }
    let mut seen = Vec::new();
    let mut path = format!("{TASKS}?limit=3&sort=title&label=a");
    loop {
        let answer = user.get(&path).expect(200);
        let page = answer.json();
        seen.extend(titles(&page));
        let Some(cursor) = page["next_cursor"].as_str() else {
            assert_eq!(answer.header("link"), None);
            break;
        };
        let link = answer.header("link").expect("a link");
        path = link
            .strip_prefix('<')
            .and_then(|link| link.strip_suffix(">; rel=\"next\""))
            .expect("a next link")
            .to_owned();
        assert!(path.contains("limit=3&sort=title&label=a&cursor=") && path.ends_with(cursor), "{path}");
    }
    let all: Vec<String> = (0..7).map(|number| format!("task {number}")).collect();
    assert_eq!(seen, all);
}

#[test]
fn a_page_has_20_tasks_unless_asked_otherwise() {
    let user = App::shared().user();
    for number in 0..21 {
        add(&user, &json!({ "title": format!("{number}") }));
    }
    assert_eq!(titles(&user.get(TASKS).expect(200).json()).len(), 20);
    assert_eq!(titles(&user.get(&format!("{TASKS}?limit=100")).expect(200).json()).len(), 21);
}

#[test]
fn filters_hold_together() {
    let user = App::shared().user();
    add(&user, &json!({ "title": "Buy milk", "priority": "high", "labels": ["shop"], "due": "2020-01-01" }));
    add(&user, &json!({ "title": "Buy bread", "priority": "low", "labels": ["shop"] }));
    add(&user, &json!({ "title": "Call Ann", "priority": "high" }));
    let done = path_of_new(&user, "Done");
    user.request("POST", &format!("{done}/complete")).send().expect(200);
    for (query, expected) in [
        ("status=open&label=shop&sort=title", vec!["Buy bread", "Buy milk"]),
        ("priority=high&label=shop", vec!["Buy milk"]),
        ("overdue=true", vec!["Buy milk"]),
        ("status=done", vec!["Done"]),
        ("text=bu%20bre", vec!["Buy bread"]),
        ("due_before=2021-01-01", vec!["Buy milk"]),
        ("due_after=2021-01-01", vec![]),
        ("status=open&sort=title&direction=descending", vec!["Call Ann", "Buy milk", "Buy bread"]),
    ] {
        assert_eq!(titles(&user.get(&format!("{TASKS}?{query}")).expect(200).json()), expected, "{query}");
    }
}

#[test]
fn a_cursor_of_another_order_or_user_leads_nowhere() {
    let (ann, bob) = (App::shared().user(), App::shared().user());
    for user in [&ann, &bob] {
        for title in ["a", "b"] {
            add(user, &json!({ "title": title }));
        }
    }
    let page = ann.get(&format!("{TASKS}?limit=1&sort=title")).expect(200).json();
    let cursor = page["next_cursor"].as_str().expect("a cursor");
    ann.get(&format!("{TASKS}?limit=1&sort=created&cursor={cursor}")).expect(400);
    let bobs = bob.get(&format!("{TASKS}?limit=1&sort=title&cursor={cursor}"));
    // It holds a place in an order, not a right: another user sees their own tasks at most.
    assert!(bobs.status == 400 || bobs.json()["items"][0]["id"] != page["items"][0]["id"], "{}", bobs.body);
}
