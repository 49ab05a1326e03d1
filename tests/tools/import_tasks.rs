//! Adding the tasks of a document.

use serde_json::{Value, json};

use crate::tool_harness::{ToolHarness, User, titles};

fn import(user: &User<'_>, format: &str, text: &str) -> Value {
    user.ok("import-tasks", json!({ "format": format, "text": text }))
}

/// What of a task is its own, and not the list's it is in.
fn content(task: &Value) -> Value {
    let mut task = task.clone();
    for member in ["id", "version", "created_at", "updated_at"] {
        task[member] = Value::Null;
    }
    task
}

fn contents(user: &User<'_>) -> Vec<Value> {
    let page = user.ok("list-tasks", json!({ "sort": "created", "limit": 100 }));
    page["items"].as_array().unwrap().iter().map(content).collect()
}

/// A list with everything that a task may have.
fn fill(user: &User<'_>) {
    user.add_input(&json!({
        "title": "=Call \"Ann\", now", "notes": "two\n\nlines, each", "due": "2026-12-01T18:00:00+01:00",
        "time_zone": "Europe/Berlin", "priority": "high", "labels": ["home", "phone"],
    }));
    user.add_input(
        &json!({ "title": "a day", "due": "2026-12-24", "time_zone": "Asia/Tokyo", "priority": "low" }),
    );
    let done = user.add("done — since, 1980");
    user.later(3).ok("complete-task", json!({ "id": done["id"] }));
    user.add("- [ ] *Markup* in a title");
}

#[test]
fn what_was_exported_is_there_again_in_another_list() {
    let tools = ToolHarness::shared();
    let ann = tools.user();
    fill(&ann);
    for format in ["json", "csv", "markdown", "icalendar"] {
        let document = ann.ok("export-tasks", json!({ "format": format }));
        let bob = tools.user().later(60);
        let outcome = import(&bob, format, document["text"].as_str().unwrap());
        assert_eq!((&outcome["count"], &outcome["skipped"]), (&json!(4), &json!(0)), "{format}: {outcome}");
        let (mut was, mut is) = (contents(&ann), contents(&bob));
        if ["markdown", "icalendar"].contains(&format) {
            // A day stands there without its zone.
            for task in was.iter_mut().chain(&mut is).filter(|task| task["title"] == "a day") {
                task["time_zone"] = Value::Null;
            }
        }
        assert_eq!(is, was, "{format}");
    }
}

#[test]
fn the_same_document_twice_adds_nothing_the_second_time() {
    let user = ToolHarness::shared().user();
    let text = "- [ ] Milk\n- [x] Bread\n- Milk\n";
    let outcome = import(&user, "markdown", text);
    assert_eq!((&outcome["count"], &outcome["existing"]), (&json!(3), &json!(0)), "twice in it, twice added");
    let again = import(&user.later(9), "markdown", &text.to_uppercase());
    assert_eq!((&again["count"], &again["existing"], &again["tasks"]), (&json!(0), &json!(3), &json!([])));
    let other = import(&user.later(9), "todo_txt", "x Milk\nBread due:2026-12-01\n");
    assert_eq!(other["count"], 2, "done instead of open, due instead of not");
}

#[test]
fn a_task_that_was_deleted_may_be_imported_again() {
    let user = ToolHarness::shared().user();
    let task = user.add("Milk");
    user.ok("delete-task", json!({ "id": task["id"] }));
    assert_eq!(import(&user, "markdown", "- Milk")["count"], 1);
}

#[test]
fn what_can_not_be_stored_is_told_with_its_line_and_the_rest_is_added() {
    let user = ToolHarness::shared().user();
    let text = format!("title,due\n{},\nPay rent,some day\n,\nMilk,2026-12-01\n", "x".repeat(201));
    let outcome = import(&user, "csv", &text);
    assert_eq!((&outcome["count"], &outcome["skipped"]), (&json!(2), &json!(2)), "{outcome}");
    let told: Vec<_> = outcome["notices"].as_array().unwrap().iter().collect();
    let lines: Vec<_> =
        told.iter().map(|notice| (notice["position"].as_u64().unwrap(), &notice["skipped"])).collect();
    assert_eq!(lines, [(2, &json!(true)), (3, &json!(false)), (4, &json!(true))]);
    assert!(told[1]["message"].as_str().unwrap().contains("some day"));
    assert_eq!(titles(&outcome["tasks"]), ["Pay rent", "Milk"]);
}

#[test]
fn tasks_stand_in_the_order_of_the_document_and_are_found_by_their_words() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let text: String = (0..250).map(|number| format!("- task number{number}\n")).collect();
    let outcome = import(&user, "markdown", &text);
    assert_eq!((&outcome["count"], outcome["tasks"].as_array().unwrap().len()), (&json!(250), 10));
    let expected: Vec<String> = (0..100).map(|number| format!("task number{number}")).collect();
    assert_eq!(user.titles("list-tasks", json!({ "sort": "created", "limit": 100 })), expected);
    assert_eq!(user.titles("search-tasks", json!({ "query": "number249" })), ["task number249"]);
    assert_eq!(tools.events(&outcome["tasks"][0]), ["todo.task.created 1"]);
}

#[test]
fn a_dry_run_tells_what_would_be_added_and_adds_nothing() {
    let user = ToolHarness::shared().user();
    user.add("Milk");
    let input = json!({ "format": "markdown", "text": "- Milk\n- Bread\n", "dry_run": true });
    let outcome = user.ok("import-tasks", input);
    let expected =
        json!({ "dry_run": true, "count": 1, "existing": 1, "skipped": 0, "notices": [], "tasks": [] });
    assert_eq!(outcome, expected);
    assert_eq!(user.titles("list-tasks", json!({})), ["Milk"]);
}

#[test]
fn a_document_that_is_not_written_as_was_said_is_refused_as_a_whole() {
    let user = ToolHarness::shared().user();
    let many = "t\n".repeat(1001);
    let long = "x".repeat(500_001);
    for (format, text) in [
        ("json", "- milk"),
        ("json", "{\"tasks\":[]}"),
        ("csv", "milk\nbread"),
        ("markdown", "a letter"),
        ("todo_txt", " \n"),
        ("todo_txt", ""),
        ("todo_txt", &many),
        ("markdown", &long),
    ] {
        let pointers = user.pointers("import-tasks", json!({ "format": format, "text": text }));
        assert_eq!(pointers, ["/text"], "{format} {:.20}", text);
    }
    assert_eq!(user.titles("list-tasks", json!({})), Vec::<String>::new());
}

#[test]
fn nobody_elses_list_is_looked_at_or_added_to() {
    let tools = ToolHarness::shared();
    let (alice, bob) = (tools.user(), tools.user());
    alice.add("Milk");
    assert_eq!(import(&bob, "markdown", "- Milk")["count"], 1);
    assert_eq!(alice.titles("list-tasks", json!({})), ["Milk"]);
    let reader = bob.with_scopes(&["tasks:read"]);
    let input = json!({ "format": "markdown", "text": "- Bread" });
    assert_eq!(reader.error("import-tasks", input), json!({ "forbidden": "tasks:write" }));
}
