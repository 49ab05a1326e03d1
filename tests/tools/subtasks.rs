//! Subtasks: how every tool on tasks deals with them.

use std::thread;

use serde_json::{Value, json};

use crate::tool_harness::{ToolHarness, User, titles};

fn below(user: &User<'_>, parent: &Value, title: &str) -> Value {
    user.add_input(&json!({ "title": title, "parent_id": parent["id"] }))
}

fn counts(task: &Value) -> (u64, u64, u64) {
    let subtasks = &task["subtasks"];
    let count = |member: &str| subtasks[member].as_u64().unwrap_or_else(|| panic!("no counts: {task}"));
    (count("open"), count("completed"), count("changed"))
}

fn is_open(user: &User<'_>, task: &Value) -> bool {
    user.read(task)["completed_at"].is_null()
}

#[test]
fn a_task_tells_its_parent_and_how_far_its_subtasks_are() {
    let user = ToolHarness::shared().user();
    let trip = user.add("trip");
    assert_eq!((&trip["parent_id"], &trip["subtasks"]), (&Value::Null, &Value::Null));
    let (pack, book) = (below(&user, &trip, "pack"), below(&user, &trip, "book"));
    let socks = below(&user, &pack, "socks");
    assert_eq!(pack["parent_id"], trip["id"]);
    assert_eq!((counts(&user.read(&trip)), user.read(&trip)["version"].as_u64()), ((2, 0, 0), Some(1)));
    user.ok("complete-task", json!({ "id": book["id"] }));
    assert_eq!(counts(&user.read(&trip)), (1, 1, 0));
    user.ok("delete-task", json!({ "id": book["id"] }));
    assert_eq!((counts(&user.read(&trip)), counts(&user.read(&pack))), ((1, 0, 0), (1, 0, 0)));
    // Wherever tasks are answered.
    let listed = user.ok("list-tasks", json!({ "sort": "title", "direction": "descending" }));
    assert_eq!(counts(&listed["items"][0]), (1, 0, 0));
    assert_eq!(user.ok("search-tasks", json!({ "query": "socks" }))["items"][0]["parent_id"], pack["id"]);
    assert_eq!(user.read(&socks)["subtasks"], Value::Null);
}

#[test]
fn subtasks_are_found_by_their_parent_and_by_a_query() {
    let user = ToolHarness::shared().user();
    let trip = user.add("trip");
    let pack = below(&user, &trip, "pack");
    below(&user, &pack, "socks");
    let by_parent = json!({ "parent_id": trip["id"] });
    assert_eq!(user.titles("list-tasks", by_parent.clone()), ["pack"]);
    let listed = |query: &str| user.titles("list-tasks", json!({ "query": query, "sort": "title" }));
    assert_eq!(listed("subtask"), ["pack", "socks"]);
    assert_eq!(listed("!subtask"), ["trip"]);
    assert_eq!(listed("subtask & !subtask"), Vec::<String>::new());
    let document = user.ok("export-tasks", json!({ "format": "json", "filter": by_parent }));
    assert_eq!(document["count"], 1);
    assert_eq!(user.pointers("list-tasks", json!({ "parent_id": "trip" })), ["/parent_id"]);
    // A cursor goes on with the parent that it was made for.
    below(&user, &trip, "book");
    let first = user.ok("list-tasks", json!({ "parent_id": trip["id"], "sort": "title", "limit": 1 }));
    assert_eq!(titles(&first["items"]), ["book"]);
    let rest =
        json!({ "parent_id": trip["id"], "sort": "title", "limit": 1, "cursor": first["next_cursor"] });
    assert_eq!(user.titles("list-tasks", rest), ["pack"]);
    let elsewhere =
        json!({ "parent_id": pack["id"], "sort": "title", "limit": 1, "cursor": first["next_cursor"] });
    assert_eq!(user.pointers("list-tasks", elsewhere), ["/cursor"]);
}

#[test]
fn a_parent_is_an_open_task_of_the_same_user_and_no_tree_is_deeper_than_five_levels() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    let hers = alice.add("hers");
    let (gone, done) = (bob.add("gone"), bob.add("done"));
    bob.ok("delete-task", json!({ "id": gone["id"] }));
    bob.ok("complete-task", json!({ "id": done["id"] }));
    let nobodys = json!({ "id": "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f" });
    let his = bob.add("his");
    for parent in [&hers, &gone, &done, &nobodys] {
        let new = json!({ "title": "x", "parent_id": parent["id"] });
        assert_eq!(bob.pointers("add-task", new), ["/parent_id"], "{parent}");
        let change = json!({ "id": his["id"], "parent_id": parent["id"] });
        assert_eq!(bob.pointers("update-task", change), ["/parent_id"], "{parent}");
    }
    assert_eq!(bob.read(&his), his);
    let mut path = vec![bob.add("1")];
    for level in 2..=5 {
        path.push(below(&bob, path.last().unwrap(), &level.to_string()));
    }
    let deeper = json!({ "title": "6", "parent_id": path[4]["id"] });
    assert_eq!(bob.pointers("add-task", deeper), ["/parent_id"]);
    // Nor by moving a tree of two levels below the fourth one.
    below(&bob, &his, "his subtask");
    let moved = json!({ "id": his["id"], "parent_id": path[3]["id"] });
    assert_eq!(bob.pointers("update-task", moved), ["/parent_id"]);
    bob.ok("update-task", json!({ "id": his["id"], "parent_id": path[2]["id"] }));
    // Nothing is below itself.
    for target in [&path[0], &path[2]] {
        let change = json!({ "id": path[0]["id"], "parent_id": target["id"] });
        assert_eq!(bob.pointers("update-task", change), ["/parent_id"]);
    }
}

#[test]
fn two_tasks_that_are_put_below_each_other_at_once_make_no_circle() {
    let tools = ToolHarness::shared();
    for _ in 0..10 {
        let user = tools.user();
        let (a, b) = (user.add("a"), user.add("b"));
        let put = |task: &Value, parent: &Value| {
            user.call("update-task", json!({ "id": task["id"], "parent_id": parent["id"] }))
        };
        let answers = thread::scope(|scope| {
            let other = scope.spawn(|| put(&b, &a));
            [put(&a, &b), other.join().unwrap()]
        });
        let refused: Vec<_> = answers.iter().filter(|answer| answer.get("error").is_some()).collect();
        assert_eq!(refused.len(), 1, "{answers:?}");
        assert_eq!(refused[0]["error"]["invalid"][0]["pointer"], "/parent_id");
    }
}

#[test]
fn a_subtask_is_in_the_list_of_its_parent_and_moves_with_it() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let list = |name: &str| user.ok("add-list", json!({ "name": name }))["id"].clone();
    let (work, home) = (list("Work"), list("Home"));
    let trip = user.add_input(&json!({ "title": "trip", "list_id": work }));
    let pack = below(&user, &trip, "pack");
    let socks = below(&user, &pack, "socks");
    assert_eq!((&pack["list_id"], &socks["list"]), (&work, &json!("Work")));
    let moved = user.ok("update-task", json!({ "id": trip["id"], "list_id": home }));
    assert_eq!(counts(&moved), (1, 0, 2));
    assert_eq!(
        (user.read(&pack)["list"].as_str(), user.read(&socks)["version"].as_u64()),
        (Some("Home"), Some(2))
    );
    assert_eq!(tools.events(&socks), ["todo.task.created 1", "todo.task.updated 2"]);
    // One that moves to another list is no subtask any more, and takes along what is below it.
    let apart = user.ok("update-task", json!({ "id": pack["id"], "list_id": work }));
    assert_eq!((&apart["parent_id"], counts(&apart)), (&Value::Null, (1, 0, 1)));
    assert_eq!(user.read(&socks)["list_id"], work);
    let back = user.ok("update-task", json!({ "id": pack["id"], "parent_id": trip["id"] }));
    assert_eq!((&back["parent_id"], &back["list_id"]), (&trip["id"], &home));
    let out = user.ok("update-task", json!({ "id": pack["id"], "clear": ["parent_id"] }));
    assert_eq!((&out["parent_id"], &out["list_id"]), (&Value::Null, &home));
    let both = json!({ "id": pack["id"], "parent_id": trip["id"], "list_id": work });
    assert_eq!(user.pointers("update-task", both), ["/list_id"]);
}

#[test]
fn a_completed_task_takes_along_what_is_open_below_it_and_can_be_taken_back() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let trip = user.add("trip");
    let (pack, book) = (below(&user, &trip, "pack"), below(&user, &trip, "book"));
    let socks = below(&user, &pack, "socks");
    user.ok("complete-task", json!({ "id": book["id"] }));
    let user = user.later(60);
    let done = user.ok("complete-task", json!({ "id": trip["id"] }));
    assert_eq!((counts(&done), user.read(&trip)["subtasks"]["completed"].as_u64()), ((0, 2, 2), Some(2)));
    for task in [&pack, &socks] {
        assert_eq!(user.read(task)["completed_at"], done["completed_at"]);
        assert_eq!(tools.events(task), ["todo.task.created 1", "todo.task.completed 2"]);
    }
    let again = user.ok("complete-task", json!({ "id": trip["id"] }));
    assert_eq!((counts(&again), &again["version"]), ((0, 2, 0), &json!(2)));
    // What was done before stays done.
    let undo = json!({ "ids": [trip["id"]], "undo": "completion" });
    let restored = user.ok("restore-tasks", undo);
    assert_eq!((&restored["count"], counts(&user.read(&trip))), (&json!(3), (1, 1, 0)));
    let answered = restored["tasks"].as_array().unwrap().iter().find(|task| task["id"] == trip["id"]);
    assert_eq!(answered, Some(&user.read(&trip)));
    assert!(is_open(&user, &socks) && !is_open(&user, &book));
}

#[test]
fn a_reopened_subtask_opens_what_it_is_below_and_nothing_else() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let trip = user.add("trip");
    let pack = below(&user, &trip, "pack");
    let (socks, hat) = (below(&user, &pack, "socks"), below(&user, &pack, "hat"));
    user.ok("complete-task", json!({ "id": trip["id"] }));
    user.ok("reopen-task", json!({ "id": socks["id"] }));
    assert!(is_open(&user, &trip) && is_open(&user, &pack) && is_open(&user, &socks));
    assert!(!is_open(&user, &hat));
    assert_eq!(tools.events(&trip).last().map(String::as_str), Some("todo.task.reopened 3"));
    user.ok("complete-task", json!({ "id": trip["id"] }));
    let reopened = user.ok("reopen-task", json!({ "id": trip["id"] }));
    assert_eq!(counts(&reopened), (0, 1, 0));
}

#[test]
fn a_deleted_task_takes_along_what_is_below_it_and_brings_it_back() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let trip = user.add("trip");
    let (pack, book) = (below(&user, &trip, "pack"), below(&user, &trip, "book"));
    let socks = below(&user, &pack, "socks");
    user.ok("delete-task", json!({ "id": book["id"] }));
    user.ok("complete-task", json!({ "id": socks["id"] }));
    let user = user.later(60);
    let deleted = user.ok("delete-task", json!({ "id": trip["id"] }));
    assert_eq!(counts(&deleted), (1, 0, 2));
    assert_eq!(user.titles("list-tasks", json!({})), Vec::<String>::new());
    let restored = user.ok("restore-tasks", json!({ "ids": [trip["id"]], "undo": "deletion" }));
    assert_eq!(restored["count"], 3);
    assert_eq!((counts(&user.read(&trip)), is_open(&user, &socks)), ((1, 0, 0), false));
    let answered = restored["tasks"].as_array().unwrap().iter().find(|task| task["id"] == pack["id"]);
    assert_eq!(answered, Some(&user.read(&pack)));
    assert_eq!(tools.events(&socks).last().map(String::as_str), Some("todo.task.restored 4"));
    // What was deleted before stays deleted; it comes back by itself.
    user.ok("delete-task", json!({ "id": trip["id"] }));
    let alone = user.ok("restore-tasks", json!({ "ids": [book["id"]], "undo": "deletion" }));
    assert_eq!((&alone["tasks"][0]["parent_id"], &alone["count"]), (&Value::Null, &json!(1)));
}

#[test]
fn changes_of_many_count_and_change_what_is_below_each_task_once() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let trip = user.add_input(&json!({ "title": "trip", "labels": ["x"] }));
    let pack = user.add_input(&json!({ "title": "pack", "labels": ["x"], "parent_id": trip["id"] }));
    let (socks, other) = (below(&user, &pack, "socks"), user.add("other"));
    let filter = json!({ "label": "x" });
    for tool in ["complete-tasks", "delete-tasks"] {
        let tried = user.ok(tool, json!({ "filter": filter, "dry_run": true }));
        assert_eq!((&tried["count"], &tried["remaining"]), (&json!(3), &json!(0)), "{tool}");
        let changed = user.ok(tool, json!({ "filter": filter }));
        assert_eq!((&changed["count"], &changed["remaining"]), (&json!(3), &json!(0)), "{tool}");
        let mut found = titles(&changed["tasks"]);
        found.sort();
        assert_eq!(found, ["pack", "socks", "trip"], "{tool}");
        if tool == "complete-tasks" {
            let answered = changed["tasks"].as_array().unwrap();
            assert!(answered.iter().all(|task| *task == user.read(task)), "{changed}");
        }
    }
    assert_eq!(tools.events(&socks), ["todo.task.created 1", "todo.task.completed 2", "todo.task.deleted 3"]);
    assert!(is_open(&user, &other));
    let ids = json!([trip["id"], pack["id"], socks["id"]]);
    assert_eq!(user.ok("restore-tasks", json!({ "ids": ids, "undo": "deletion" }))["count"], 3);
    assert_eq!(user.ok("restore-tasks", json!({ "ids": [trip["id"]], "undo": "completion" }))["count"], 3);
    assert!([&trip, &pack, &socks].iter().all(|task| is_open(&user, task)));
}

#[test]
fn what_is_below_a_repeating_task_opens_again_with_each_occurrence() {
    let tools = ToolHarness::shared();
    for tool in ["complete-task", "complete-tasks"] {
        let user = tools.user();
        let clean = user.add_input(&json!({
            "title": "clean", "due": "2026-11-18", "recurrence": { "rule": "FREQ=DAILY;COUNT=2" }
        }));
        let (floor, walls) = (below(&user, &clean, "floor"), below(&user, &clean, "walls"));
        user.ok("complete-task", json!({ "id": floor["id"] }));
        let complete = |user: &User<'_>| match tool {
            "complete-task" => user.ok(tool, json!({ "id": clean["id"] })),
            _ => user.ok(tool, json!({ "filter": { "ids": [clean["id"]] } }))["tasks"][0].clone(),
        };
        let moved = complete(&user);
        assert_eq!((&moved["due"], moved["subtasks"]["open"].as_u64()), (&json!("2026-11-19"), Some(2)));
        assert!(is_open(&user, &floor) && is_open(&user, &walls));
        assert_eq!(tools.events(&floor).last().map(String::as_str), Some("todo.task.reopened 3"));
        assert_eq!(tools.events(&walls).len(), 1, "what was open stays as it is");
        // After the last one it is done, and so is what is below it.
        let done = complete(&user.later(86_400));
        assert_eq!((done["subtasks"]["completed"].as_u64(), is_open(&user, &walls)), (Some(2), false));
    }
}

#[test]
fn documents_keep_what_is_below_what() {
    let user = ToolHarness::shared().user();
    let trip = user.add("trip");
    let pack = below(&user, &trip, "pack");
    below(&user, &pack, "socks");
    user.ok("complete-task", json!({ "id": pack["id"] }));
    for format in ["json", "csv", "icalendar"] {
        let document = user.ok("export-tasks", json!({ "format": format }));
        let other = ToolHarness::shared().user();
        let outcome = other.ok("import-tasks", json!({ "format": format, "text": document["text"] }));
        assert_eq!((&outcome["count"], &outcome["notices"]), (&json!(3), &json!([])), "{format}");
        assert_tree(&other, format);
        // Again: nothing is new.
        let again = other.ok("import-tasks", json!({ "format": format, "text": document["text"] }));
        assert_eq!((&again["count"], &again["existing"]), (&json!(0), &json!(3)), "{format}");
    }
    for (format, text) in [
        ("markdown", "- [ ] trip\n  - [x] pack\n    - [x] socks\n"),
        ("csv", "TYPE,CONTENT,PRIORITY,INDENT\ntask,trip,4,1\ntask,pack,4,2\ntask,socks,4,3\n"),
    ] {
        let other = ToolHarness::shared().user();
        assert_eq!(other.ok("import-tasks", json!({ "format": format, "text": text }))["count"], 3);
        assert_tree(&other, format);
    }
    // A new subtask of one that is there goes below it.
    let other = ToolHarness::shared().user();
    other.ok("import-tasks", json!({ "format": "markdown", "text": "- trip\n" }));
    other.ok("import-tasks", json!({ "format": "markdown", "text": "- trip\n  - pack\n" }));
    assert_eq!(counts(&other.ok("search-tasks", json!({ "query": "trip" }))["items"][0]), (1, 0, 0));
}

/// "socks" are below "pack", which is below "trip".
fn assert_tree(user: &User<'_>, format: &str) {
    let listed = user.ok("list-tasks", json!({ "sort": "created" }));
    let task = |title: &str| {
        listed["items"].as_array().unwrap().iter().find(|task| task["title"] == title).unwrap().clone()
    };
    let parents = [&task("trip")["parent_id"], &task("pack")["parent_id"], &task("socks")["parent_id"]]
        .map(|id| id.as_str().map(str::to_owned));
    let id = |title: &str| Some(task(title)["id"].as_str().unwrap().to_owned());
    assert_eq!(parents, [None, id("trip"), id("pack")], "{format}");
}
