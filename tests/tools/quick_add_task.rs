//! Adding a task by a line of text.

use serde_json::{Value, json};

use crate::tool_harness::{ToolHarness, User};

const TOOL: &str = "quick-add-task";

fn add(user: &User<'_>, text: &str) -> Value {
    user.ok(TOOL, json!({ "text": text }))
}

fn preview(user: &User<'_>, text: &str) -> Value {
    user.ok(TOOL, json!({ "text": text, "preview": true }))
}

/// Kind, text and words of each span.
fn spans(outcome: &Value) -> Vec<String> {
    let word = |span: &Value, member: &str| span[member].as_str().unwrap().to_owned();
    let spans = outcome["spans"].as_array().unwrap().iter();
    spans.map(|span| ["kind", "text", "words"].map(|member| word(span, member)).join(" | ")).collect()
}

#[test]
fn what_is_read_is_in_the_task_and_every_other_word_in_its_title() {
    let user = ToolHarness::shared().user().in_zone("Europe/Berlin");
    let list = user.ok("add-list", json!({ "name": "Home office" }));
    let outcome = add(&user, "please pay the Rent tomorrow 9:00 p1 #Home +home office, by card");
    let task = &outcome["task"];
    assert_eq!(task["title"], "please pay the Rent by card");
    assert_eq!(
        (&task["due"], &task["time_zone"]),
        (&json!("2026-11-19T09:00:00+01:00"), &json!("Europe/Berlin"))
    );
    assert_eq!((&task["priority"], &task["labels"]), (&json!("urgent"), &json!(["home"])));
    assert_eq!((&task["list_id"], &task["list"]), (&list["id"], &json!("Home office")));
    assert_eq!(
        spans(&outcome),
        [
            "due | tomorrow 9:00 | Thu 19 Nov 09:00",
            "priority | p1 | urgent",
            "label | #Home | home",
            "list | +home office | Home office",
        ]
    );
    assert_eq!(user.read(task), *task);
    for member in ["title", "due", "time_zone", "priority", "labels", "list_id", "list", "recurrence"] {
        assert_eq!(outcome["draft"][member], task[member], "{member}");
    }
    assert_eq!(ToolHarness::shared().events(task), ["todo.task.created 1"]);
}

#[test]
fn what_repeats_is_due_first_and_said_in_words() {
    let user = ToolHarness::shared().user();
    let outcome = add(&user, "Water plants every 3 days after I finish");
    let task = &outcome["task"];
    assert_eq!((&task["recurrence"]["from"], &task["due"]), (&json!("completion"), &json!("2026-11-18")));
    assert_eq!(outcome["spans"][0]["words"], task["recurrence"]["words"]);
    let weekly = add(&user, "Bins every friday at 7am")["task"].clone();
    assert_eq!((&weekly["title"], &weekly["due"]), (&json!("Bins"), &json!("2026-11-20T07:00:00+00:00")));
}

#[test]
fn a_part_that_is_taken_back_stays_in_the_title() {
    let user = ToolHarness::shared().user();
    let text = "watch the game friday p2";
    let read = preview(&user, text);
    let span = &read["spans"][0];
    let ignore = json!([{ "start": span["start"], "end": span["end"] }]);
    let outcome = user.ok(TOOL, json!({ "text": text, "ignore": ignore }));
    assert_eq!(outcome["task"]["title"], "watch the game friday");
    assert_eq!((&outcome["task"]["due"], &outcome["task"]["priority"]), (&json!(null), &json!("high")));
}

#[test]
fn a_preview_changes_nothing_and_says_why_it_would_be_refused() {
    let user = ToolHarness::shared().user();
    let outcome = preview(&user, "Buy jam tomorrow +larder");
    assert_eq!((&outcome["preview"], &outcome["task"]), (&json!(true), &json!(null)));
    assert_eq!(outcome["draft"]["due"], "2026-11-19");
    assert_eq!(outcome["spans"][1]["kind"], "unknown_list");
    assert!(outcome["notices"][0].as_str().unwrap().contains("no list called “larder”"), "{outcome}");
    assert!(preview(&user, "#home")["notices"][0].as_str().unwrap().contains("No word is left"));
    assert_eq!(user.titles("list-tasks", json!({})), Vec::<String>::new());
}

#[test]
fn a_list_that_is_not_there_or_is_anothers_is_refused_by_the_name_of_the_field() {
    let tools = ToolHarness::shared();
    let (ann, bob) = (tools.user(), tools.user());
    let larder = bob.ok("add-list", json!({ "name": "Larder" }));
    assert_eq!(ann.pointers(TOOL, json!({ "text": "jam +larder" })), ["/text"]);
    let nobodys = json!({ "list_not_found": true });
    assert_eq!(ann.error(TOOL, json!({ "text": "jam", "list_id": larder["id"] })), nobodys);
    assert_eq!(ann.error(TOOL, json!({ "text": "jam", "list_id": larder["id"], "preview": true })), nobodys);
    assert_eq!(ann.titles("list-tasks", json!({})), Vec::<String>::new());
}

#[test]
fn a_list_in_use_counts_before_an_archived_one_and_the_text_before_the_list_beside_it() {
    let user = ToolHarness::shared().user();
    let old = user.ok("add-list", json!({ "name": "Home" }));
    user.ok("update-list", json!({ "id": old["id"], "archived": true }));
    let new = user.ok("add-list", json!({ "name": "home" }));
    let other = user.ok("add-list", json!({ "name": "Work" }));
    let input = json!({ "text": "sweep +home", "list_id": other["id"] });
    assert_eq!(user.ok(TOOL, input)["task"]["list_id"], new["id"]);
    let beside = user.ok(TOOL, json!({ "text": "write report", "list_id": other["id"] }));
    assert_eq!(beside["task"]["list"], "Work");
}

#[test]
fn the_same_key_and_line_make_one_task_whatever_time_it_is() {
    let tools = ToolHarness::shared();
    let user = tools.user().with_key("k-1");
    let line = json!({ "text": "check the oven in 2 hours" });
    let first = user.ok(TOOL, line.clone());
    let again = user.later(90).ok(TOOL, line);
    assert_eq!(again["task"], first["task"]);
    assert_eq!(user.pointers(TOOL, json!({ "text": "check the oven in 3 hours" })), [""]);
    assert_eq!(user.titles("list-tasks", json!({})), ["check the oven"]);
    // A preview is about no key.
    assert_eq!(preview(&user, "check the pan in 2 hours")["draft"]["title"], "check the pan");
}

#[test]
fn a_retry_finds_its_task_where_the_list_is_gone_meanwhile() {
    let user = ToolHarness::shared().user().with_key("k-1");
    let list = user.with_key("l").ok("add-list", json!({ "name": "Trip" }));
    let first = add(&user, "pack +trip");
    user.ok("delete-list", json!({ "id": list["id"] }));
    assert_eq!(add(&user, "pack +trip")["task"]["id"], first["task"]["id"]);
}

#[test]
fn everything_wrong_with_an_input_is_named_at_once() {
    let user = ToolHarness::shared().user();
    let input = json!({
        "text": "a\nb", "time_zone": "Mars/Olympus", "list_id": "home", "ignore": [{ "start": 0, "end": 501 }],
    });
    assert_eq!(user.pointers(TOOL, input), ["/text", "/time_zone", "/list_id", "/ignore/0/end"]);
    let labels: String = (0..21).map(|number| format!(" #l{number}")).collect();
    assert_eq!(user.pointers(TOOL, json!({ "text": format!("x{labels}") })), ["/text"]);
    assert_eq!(user.pointers(TOOL, json!({ "text": "x".repeat(201) })), ["/text"]);
}

#[test]
fn who_may_only_read_adds_nothing() {
    let reader = ToolHarness::shared().user().with_scopes(&["tasks:read"]);
    assert_eq!(
        reader.error(TOOL, json!({ "text": "x", "preview": true })),
        json!({ "forbidden": "tasks:write" })
    );
}
