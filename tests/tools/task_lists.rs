//! Tasks in lists: how every tool on tasks deals with them.

use serde_json::{Value, json};

use crate::tool_harness::{ToolHarness, User};

fn add_list(user: &User<'_>, name: &str) -> Value {
    user.ok("add-list", json!({ "name": name }))["id"].clone()
}

#[test]
fn a_task_goes_into_a_list_moves_to_another_and_back_to_the_inbox() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let (work, home) = (add_list(&user, "Work"), add_list(&user, "Home"));
    let task = user.ok("add-task", json!({ "title": "t", "list_id": work }));
    assert_eq!((&task["list_id"], &task["list"]), (&work, &json!("Work")));
    assert_eq!(user.read(&task), task);
    let moved = user.ok("update-task", json!({ "id": task["id"], "list_id": home }));
    assert_eq!(
        (&moved["list"], &moved["version"], &moved["title"]),
        (&json!("Home"), &json!(2), &json!("t"))
    );
    let same = user.ok("update-task", json!({ "id": task["id"], "list_id": home }));
    assert_eq!(same, moved, "it is there already");
    let back = user.ok("update-task", json!({ "id": task["id"], "clear": ["list_id"] }));
    assert_eq!((&back["list_id"], &back["list"], &back["version"]), (&Value::Null, &Value::Null, &json!(3)));
    let fields = format!(
        "SELECT data FROM todo.task_events WHERE task_id = '{}' ORDER BY id DESC LIMIT 1",
        task["id"].as_str().unwrap()
    );
    assert_eq!(tools.0.sql(&fields).unwrap().trim(), r#"{"fields": ["list_id"]}"#);
}

#[test]
fn a_new_name_of_a_list_is_that_of_its_tasks_which_do_not_change() {
    let user = ToolHarness::shared().user();
    let list = add_list(&user, "Work");
    let task = user.ok("add-task", json!({ "title": "t", "list_id": list }));
    user.ok("update-list", json!({ "id": list, "name": "Office" }));
    let read = user.read(&task);
    assert_eq!((&read["list"], &read["version"]), (&json!("Office"), &json!(1)));
    let many = user.ok("complete-tasks", json!({ "filter": { "ids": [task["id"]] } }));
    assert_eq!(many["tasks"][0]["list"], "Office");
}

#[test]
fn a_list_that_is_not_there_or_anothers_takes_no_task() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    let hers = add_list(&alice, "hers");
    let task = bob.add("his");
    for list in [hers, json!("01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f")] {
        let refusal = bob.error("add-task", json!({ "title": "x", "list_id": list }));
        assert_eq!(refusal, json!({ "list_not_found": true }));
        let refusal = bob.error("update-task", json!({ "id": task["id"], "list_id": list }));
        assert_eq!(refusal, json!({ "list_not_found": true }));
    }
    assert_eq!(bob.read(&task), task);
    assert_eq!(bob.titles("list-tasks", json!({})), ["his"]);
    assert_eq!(bob.pointers("add-task", json!({ "title": "x", "list_id": "Work" })), ["/list_id"]);
    let both =
        json!({ "id": task["id"], "list_id": "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f", "clear": ["list_id"] });
    assert_eq!(bob.pointers("update-task", both), ["/clear/0"]);
}

#[test]
fn every_filter_takes_a_list_or_the_inbox() {
    let tools = ToolHarness::shared();
    let (user, stranger) = (tools.user(), tools.user());
    let list = add_list(&user, "Work");
    let tasks = [("write a", json!(list)), ("write b", json!(list)), ("write c", Value::Null)];
    // A second apart: what was added at one moment has no order.
    for (seconds, (title, list)) in (0..).zip(tasks) {
        user.later(seconds).ok("add-task", json!({ "title": title, "list_id": list, "due": "2026-12-01" }));
    }
    let (inside, outside) = (vec!["write a", "write b"], vec!["write c"]);
    for (filter, expected) in [(json!(list), &inside), (json!("inbox"), &outside)] {
        for sort in ["due", "priority", "created", "updated", "title"] {
            assert_eq!(
                &user.titles("list-tasks", json!({ "list": filter, "sort": sort })),
                expected,
                "{sort}"
            );
        }
        let mut found = user.titles("search-tasks", json!({ "query": "write", "list": filter }));
        found.sort();
        assert_eq!(&found, expected);
        let filter = json!({ "filter": { "list": filter }, "dry_run": true });
        for tool in ["complete-tasks", "delete-tasks"] {
            assert_eq!(user.ok(tool, filter.clone())["count"], expected.len(), "{tool}");
        }
        let export = user.ok("export-tasks", json!({ "format": "csv", "filter": filter["filter"] }));
        assert_eq!(export["count"], expected.len());
    }
    assert_eq!(stranger.titles("list-tasks", json!({ "list": list })), Vec::<String>::new());
    for (tool, input, pointer) in [
        ("list-tasks", json!({ "list": "Work" }), "/list"),
        ("search-tasks", json!({ "query": "x", "list": "" }), "/list"),
        ("delete-tasks", json!({ "filter": { "list": "7" } }), "/filter/list"),
    ] {
        assert_eq!(user.pointers(tool, input), [pointer]);
    }
}

#[test]
fn pages_of_one_list_give_each_task_once_and_their_cursor_is_its_own() {
    let user = ToolHarness::shared().user();
    let list = add_list(&user, "Work");
    for number in 0..7 {
        let into = if number % 3 == 0 { Value::Null } else { list.clone() };
        user.ok("add-task", json!({ "title": format!("t{number}"), "list_id": into }));
    }
    let mut seen = Vec::new();
    let mut cursor = Value::Null;
    loop {
        let page =
            user.ok("list-tasks", json!({ "list": list, "sort": "title", "limit": 2, "cursor": cursor }));
        seen.extend(crate::tool_harness::titles(&page["items"]));
        cursor = page["next_cursor"].clone();
        if cursor.is_null() {
            break;
        }
        let elsewhere = json!({ "list": "inbox", "sort": "title", "cursor": cursor });
        assert_eq!(user.pointers("list-tasks", elsewhere), ["/cursor"]);
    }
    assert_eq!(seen, ["t1", "t2", "t4", "t5"]);
}
