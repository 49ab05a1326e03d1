//! Exporting tasks.

use serde_json::{Value, json};

use crate::many::add_many;
use crate::tool_harness::{ToolHarness, User, titles};

fn export(user: &User<'_>, format: &str, filter: Value) -> Value {
    user.ok("export-tasks", json!({ "format": format, "filter": filter }))
}

/// The document as the JSON that it is.
fn items(user: &User<'_>, filter: Value) -> Value {
    let document = export(user, "json", filter);
    assert_eq!(document["media_type"], "application/json");
    let read: Value = serde_json::from_str(document["text"].as_str().unwrap()).unwrap();
    assert_eq!(read["truncated"], document["truncated"]);
    assert_eq!(json!(read["items"].as_array().unwrap().len()), document["count"]);
    read["items"].clone()
}

/// Reads RFC 4180, and nothing but it.
fn read_csv(text: &str) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut record = Vec::new();
        loop {
            let (field, after) = match rest.strip_prefix('"') {
                None => rest.split_at(rest.find([',', '\r', '\n']).unwrap()),
                Some(inside) => {
                    let mut end = 0;
                    while inside[end..].starts_with("\"\"") || !inside[end..].starts_with('"') {
                        end += if inside[end..].starts_with("\"\"") {
                            2
                        } else {
                            inside[end..].chars().next().unwrap().len_utf8()
                        };
                    }
                    (&inside[..end], &inside[end + 1..])
                }
            };
            record.push(field.replace("\"\"", "\""));
            if let Some(next) = after.strip_prefix(',') {
                rest = next;
            } else {
                rest = after.strip_prefix("\r\n").expect("a record ends with CR LF");
                break;
            }
        }
        records.push(record);
    }
    records
}

fn seed(user: &User<'_>) -> [Value; 3] {
    let report = user.add_input(&json!({
        "title": "Report, \"final\"", "notes": "two\nlines", "due": "2026-12-01T18:00:00+01:00",
        "time_zone": "Europe/Berlin", "priority": "high", "labels": ["work", "q4"],
    }));
    // Ids sort by the instant of adding.
    let milk = user.later(1).add_input(&json!({ "title": "=milk *now*", "due": "2026-11-17" }));
    let done = user.later(2).add("Über");
    let done = user.later(60).ok("complete-task", json!({ "id": done["id"] }));
    [report, milk, done]
}

#[test]
fn json_holds_every_member_of_every_task_as_added() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let tasks = seed(&user);
    assert_eq!(items(&user, Value::Null), json!(tasks));
    assert_eq!(items(&user, json!({})), json!(tasks));
}

#[test]
fn csv_is_read_back_by_a_reader_of_rfc_4180() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let tasks = seed(&user);
    let document = export(&user, "csv", Value::Null);
    assert_eq!(
        (&document["format"], &document["media_type"]),
        (&json!("csv"), &json!("text/csv; charset=utf-8"))
    );
    let records = read_csv(document["text"].as_str().unwrap());
    assert_eq!(records.len(), 4);
    let column = |name: &str| records[0].iter().position(|known| known == name).unwrap();
    for (task, record) in tasks.iter().zip(&records[1..]) {
        assert_eq!(record.len(), 16);
        for name in [
            "id",
            "notes",
            "due",
            "time_zone",
            "priority",
            "list_id",
            "list",
            "parent_id",
            "completed_at",
            "created_at",
            "updated_at",
        ] {
            assert_eq!(record[column(name)], task[name].as_str().unwrap_or_default(), "{name}");
        }
        assert_eq!(record[column("version")], task["version"].to_string());
    }
    assert_eq!(records[1][column("title")], "Report, \"final\"");
    assert_eq!(records[1][column("labels")], "q4 work");
    assert_eq!(records[2][column("title")], "'=milk *now*", "no formula for a spreadsheet");
}

#[test]
fn markdown_is_a_list_with_boxes_in_which_words_stay_words() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    seed(&user);
    let document = export(&user, "markdown", Value::Null);
    assert_eq!(document["media_type"], "text/markdown; charset=utf-8");
    assert_eq!(
        document["text"],
        "# Tasks\n\n\
         - [ ] Report, \"final\" — due 2026-12-01T18:00:00+01:00 (Europe/Berlin), high priority, #q4, #work\n  \
         > two  \n  > lines  \n\
         - [ ] \\=milk \\*now\\* — due 2026-11-17\n\
         - [x] Über — done 2026-11-18T11:07:40Z\n"
    );
}

#[test]
fn a_filter_means_what_it_means_in_a_list() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    seed(&user);
    for filter in [
        json!({ "status": "open" }),
        json!({ "status": "done" }),
        json!({ "status": "all" }),
        json!({ "overdue": true }),
        json!({ "overdue": false }),
        json!({ "overdue": true, "status": "done" }),
        json!({ "label": "WORK" }),
        json!({ "priority": "high", "text": "rep" }),
        json!({ "due_after": "2026-11-18" }),
        json!({ "due_before": "2026-11-18" }),
    ] {
        let mut listing = filter.clone();
        listing["sort"] = json!("created");
        assert_eq!(items(&user, filter.clone()), user.ok("list-tasks", listing)["items"], "{filter}");
    }
}

#[test]
fn ids_name_the_tasks_to_write_down() {
    let tools = ToolHarness::shared();
    let (user, stranger) = (tools.user(), tools.user());
    let [report, _, done] = seed(&user);
    let theirs = stranger.add("theirs");
    let found = items(&user, json!({ "ids": [done["id"], report["id"], theirs["id"]] }));
    assert_eq!(found, json!([report, done]));
    assert_eq!(items(&user, json!({ "ids": [done["id"]], "status": "open" })), json!([]));
}

#[test]
fn nothing_is_a_document_too_and_nobody_sees_anothers_tasks() {
    let tools = ToolHarness::shared();
    seed(&tools.user());
    let nobody = tools.user();
    assert_eq!(items(&nobody, Value::Null), json!([]));
    assert_eq!(export(&nobody, "markdown", Value::Null)["text"], "# Tasks\n\nNo tasks.\n");
    assert_eq!(read_csv(export(&nobody, "csv", Value::Null)["text"].as_str().unwrap()).len(), 1);
}

#[test]
fn a_wrong_filter_is_named() {
    let tools = ToolHarness::shared();
    let filter = json!({ "ids": ["7"], "due_before": "soon", "label": "a b", "text": "?" });
    let wrong = tools.user().pointers("export-tasks", json!({ "format": "csv", "filter": filter }));
    assert_eq!(wrong, ["/filter/ids/0", "/filter/due_before", "/filter/label", "/filter/text"]);
}

#[test]
fn events_are_there_for_what_is_due_in_the_zone_it_is_due_in() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    seed(&user);
    let document = export(&user, "icalendar_events", Value::Null);
    assert_eq!(
        (&document["media_type"], &document["count"]),
        (&json!("text/calendar; charset=utf-8"), &json!(2))
    );
    let text = document["text"].as_str().unwrap();
    for line in [
        "BEGIN:VCALENDAR",
        "DTSTART;TZID=Europe/Berlin:20261201T180000",
        "DTSTART;VALUE=DATE:20261117",
        "SUMMARY:Report\\, \"final\"",
        "TZID:Europe/Berlin",
        "END:VCALENDAR",
    ] {
        assert!(text.split("\r\n").any(|found| found == line), "{line}: {text}");
    }
    assert!(!text.contains("Über"), "what is not due is no event: {text}");
}

#[test]
fn more_than_a_batch_comes_out_once_each_in_its_order() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let expected: Vec<String> = (0..251).map(|number| format!("task {number}")).collect();
    for (title, seconds) in expected.iter().zip(0..) {
        user.later(seconds).add(title);
    }
    assert_eq!(titles(&items(&user, Value::Null)), expected);
}

#[test]
fn ten_thousand_tasks_are_a_document_and_more_are_truncated() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    add_many(tools, &user, 10_000);
    let whole = export(&user, "csv", Value::Null);
    assert_eq!((&whole["count"], &whole["truncated"]), (&json!(10_000), &json!(false)));
    assert_eq!(read_csv(whole["text"].as_str().unwrap()).len(), 10_001);
    user.add("one more");
    for format in ["markdown", "csv", "json", "icalendar"] {
        let document = export(&user, format, Value::Null);
        assert_eq!((&document["count"], &document["truncated"]), (&json!(10_000), &json!(true)), "{format}");
        assert!(!document["text"].as_str().unwrap().contains("one more"), "{format}");
    }
    // A narrower filter gets the rest.
    assert_eq!(titles(&items(&user, json!({ "text": "more" }))), ["one more"]);
}

#[test]
fn long_notes_end_a_document_before_the_memory_ends() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    add_many(tools, &user, 1000);
    let notes = format!("UPDATE todo.tasks SET notes = repeat('😀', 10000) WHERE user_id = '{}'", user.id);
    tools.0.sql(&notes).unwrap();
    for format in ["markdown", "csv", "json", "icalendar"] {
        let document = export(&user, format, Value::Null);
        assert_eq!(document["truncated"], true, "{format}");
        let length = document["text"].as_str().unwrap().len();
        assert!((4_000_000..4_200_000).contains(&length), "{format}: {length}");
    }
}
