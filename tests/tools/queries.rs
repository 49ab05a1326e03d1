//! The query language, as the tools that have a filter take it.

use serde_json::{Value, json};

use crate::tool_harness::{ToolHarness, User, titles};

/// Gives the user tasks of every kind on Wednesday, 18 November 2026, and lists for them.
fn seed(user: &User<'_>) {
    let list = |name: &str| user.ok("add-list", json!({ "name": name }))["id"].clone();
    let (work, home) = (list("Work"), list("Übersee & Co"));
    for task in [
        json!({ "title": "pay", "labels": ["home"], "priority": "urgent", "due": "2026-11-18" }),
        json!({ "title": "call", "labels": ["home", "waiting"], "due": "2026-11-17", "list_id": work }),
        json!({ "title": "write", "due": "2026-11-20T09:00:00+01:00", "priority": "high", "list_id": work }),
        json!({ "title": "ship", "labels": ["far"], "list_id": home }),
        json!({ "title": "water", "due": "2026-11-19", "recurrence": { "rule": "FREQ=DAILY" } }),
        json!({ "title": "read", "priority": "low", "notes": "The 9/11 report" }),
    ] {
        user.add_input(&task);
    }
    let done = user.add_input(&json!({ "title": "done", "due": "2026-11-18", "labels": ["home"] }));
    user.ok("complete-task", json!({ "id": done["id"] }));
}

/// In the order of their titles.
fn listed(user: &User<'_>, query: &str) -> Vec<String> {
    user.titles("list-tasks", json!({ "query": query, "sort": "title" }))
}

#[test]
fn each_condition_finds_the_tasks_of_which_it_holds() {
    let user = ToolHarness::shared().user();
    seed(&user);
    let all = ["pay", "call", "write", "ship", "water", "read", "done"];
    let cases: &[(&str, &[&str])] = &[
        ("today", &["pay", "done"]),
        ("today & open", &["pay"]),
        ("overdue", &["call"]),
        ("(today | overdue) & !@waiting & !done", &["pay"]),
        ("tomorrow", &["water"]),
        ("fri", &["write"]),
        ("2026-11-20", &["write"]),
        ("due before: today", &["call"]),
        ("due after: tomorrow", &["write"]),
        ("next 2 days", &["pay", "water", "done"]),
        ("no date", &["ship", "read"]),
        ("!no date & no time", &["pay", "call", "water", "done"]),
        ("!no time", &["write"]),
        ("p1 | p2", &["pay", "write"]),
        ("!p3", &["pay", "write", "read"]),
        ("@home & !@waiting", &["pay", "done"]),
        ("no labels", &["write", "water", "read"]),
        ("#work", &["call", "write"]),
        ("#WORK & !overdue", &["write"]),
        (r"#Übersee \& Co", &["ship"]),
        ("!#work", &["pay", "ship", "water", "read", "done"]),
        ("#inbox & open", &["pay", "water", "read"]),
        ("recurring", &["water"]),
        ("search: repo", &["read"]),
        ("!search: repo & p4", &[]),
        ("done", &["done"]),
        ("all", &all),
        ("!all", &[]),
        ("p1 & p2", &[]),
        ("!(today | overdue | no date)", &["write", "water"]),
    ];
    for (query, expected) in cases {
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(listed(&user, query), expected, "{query}");
    }
}

#[test]
fn a_query_stands_beside_the_other_filters_and_pages_go_on_with_it() {
    let user = ToolHarness::shared().user();
    seed(&user);
    let both = json!({ "query": "@home", "status": "open", "priority": "urgent" });
    assert_eq!(user.titles("list-tasks", both), ["pay"]);
    let mut input = json!({ "query": "!done & !recurring", "sort": "title", "limit": 2 });
    let mut seen = Vec::new();
    loop {
        let page = user.ok("list-tasks", input.clone());
        seen.extend(titles(&page["items"]));
        if page["next_cursor"].is_null() {
            break;
        }
        input["cursor"] = page["next_cursor"].clone();
    }
    assert_eq!(seen, ["call", "pay", "read", "ship", "write"]);
    let other = json!({ "query": "done", "sort": "title", "limit": 2, "cursor": input["cursor"] });
    assert_eq!(user.pointers("list-tasks", other), ["/cursor"], "of another query");
}

#[test]
fn many_are_changed_and_exported_by_a_query() {
    let user = ToolHarness::shared().user();
    seed(&user);
    let filter = |query: &str| json!({ "filter": { "query": query } });
    let exported = user.ok("export-tasks", json!({ "format": "json", "filter": { "query": "#work | p4" } }));
    let exported: Value = serde_json::from_str(exported["text"].as_str().unwrap()).unwrap();
    let mut exported = titles(&exported["items"]);
    exported.sort_unstable();
    assert_eq!(exported, ["call", "read", "write"]);
    let completed = user.ok("complete-tasks", filter("overdue | today"));
    assert_eq!(titles(&completed["tasks"]), ["call", "pay"]);
    let deleted = user.ok("delete-tasks", filter("done & @home"));
    assert_eq!(deleted["count"], 3);
    assert_eq!(listed(&user, "all"), ["read", "ship", "water", "write"]);
    for tool in ["complete-tasks", "delete-tasks"] {
        assert_eq!(user.pointers(tool, filter("p1 &")), ["/filter/query"]);
    }
}

#[test]
fn a_list_that_is_not_there_is_told() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    seed(&alice);
    bob.add("his");
    for query in ["#work", "!#work", "p1 | #nowhere"] {
        assert_eq!(bob.pointers("list-tasks", json!({ "query": query })), ["/query"]);
    }
    for tool in ["complete-tasks", "delete-tasks"] {
        assert_eq!(bob.pointers(tool, json!({ "filter": { "query": "!#work" } })), ["/filter/query"]);
    }
    let archived = alice.ok("list-lists", json!({}))["items"][0]["id"].clone();
    alice.ok("update-list", json!({ "id": archived, "archived": true }));
    assert_eq!(alice.pointers("list-tasks", json!({ "query": "#work" })), ["/query"], "it is archived");
}
