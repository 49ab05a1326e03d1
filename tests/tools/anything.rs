//! Whatever is put into an input: a tool does it or says what is wrong with it. Never a fault inside, and what was
//! stored is read back as it was answered.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::tool_harness::{NOW, ToolHarness};

/// Text as people, programs and attackers send it.
fn text() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<String>(),
        "[a-z]{1,12}( [a-z]{1,8}){0,4}",
        "\\PC{0,60}",
        "[\\x00-\\x1f\\u{200b}-\\u{2069}\\u{fe00}-\\u{fe0f}a']{0,30}",
        "[\\p{Arabic}\\p{Hebrew}\\p{Han}\\p{Thai}\\p{Hangul}\\p{Mn} ]{0,40}",
        "['\"\\\\$:&|!<>()*%_{};-]{0,20}",
        prop::sample::select(vec!["ﷺ".repeat(60), "a\u{301}".repeat(150), "ß".repeat(200), "İ".repeat(50)]),
    ]
    .prop_map(Value::String)
}

fn due() -> impl Strategy<Value = Value> {
    prop_oneof![
        "[0-9]{4}-[0-1][0-9]-[0-3][0-9]".prop_map(Value::String),
        "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{1,9})?(Z|[+-][0-2][0-9]:[0-5][0-9])"
            .prop_map(Value::String),
        text(),
    ]
}

fn zone() -> impl Strategy<Value = Value> {
    let known = vec![
        "UTC",
        "Africa/Monrovia",
        "Pacific/Apia",
        "Asia/Kathmandu",
        "America/Caracas",
        "Antarctica/Troll",
    ];
    prop_oneof![3 => prop::sample::select(known).prop_map(|name| json!(name)), 1 => text()]
}

fn id() -> impl Strategy<Value = Value> {
    prop_oneof![text(), any::<u128>().prop_map(|bits| json!(uuid::Uuid::from_u128(bits).to_string()))]
}

/// The member or null.
fn maybe(strategy: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Value> {
    prop_oneof![1 => Just(Value::Null), 2 => strategy].boxed()
}

fn labels() -> BoxedStrategy<Value> {
    maybe(prop::collection::vec(text(), 0..24).prop_map(Value::Array))
}

fn priority() -> BoxedStrategy<Value> {
    maybe(prop::sample::select(vec!["urgent", "high", "normal", "low"]).prop_map(|name| json!(name)))
}

/// Mostly none: what is in a list that is not there is never added.
fn list_of_a_task() -> BoxedStrategy<Value> {
    prop_oneof![5 => Just(Value::Null), 1 => id()].boxed()
}

fn addition() -> impl Strategy<Value = (&'static str, Value)> {
    (text(), maybe(text()), maybe(due()), maybe(zone()), priority(), labels(), list_of_a_task()).prop_map(
        |(title, notes, due, time_zone, priority, labels, list_id)| {
            let input = json!({
                "title": title, "notes": notes, "due": due, "time_zone": time_zone, "priority": priority, "labels": labels,
                "list_id": list_id,
            });
            ("add-task", input)
        },
    )
}

fn line() -> impl Strategy<Value = (&'static str, Value)> {
    let marked = "[a-z]{1,8}( (tomorrow|every [a-z]{3,6}|p[1-4]|#[a-z,]{1,4}|@[a-z]{2}|\\+[a-z ]{3}|[0-9]{1,2}[:/.][0-9]{2}|![0-9])){0,6}";
    let text = prop_oneof![text(), marked.prop_map(Value::String)];
    let syntax =
        maybe(prop::sample::select(vec!["standard", "todoist", "vikunja"]).prop_map(|name| json!(name)));
    let range = (0_u32..520, 0_u32..520).prop_map(|(start, end)| json!({ "start": start, "end": end }));
    let ignore = maybe(prop::collection::vec(range, 0..4).prop_map(Value::Array));
    (text, maybe(zone()), list_of_a_task(), syntax, ignore, any::<bool>()).prop_map(
        |(text, time_zone, list_id, syntax, ignore, preview)| {
            let input = json!({
                "text": text, "time_zone": time_zone, "list_id": list_id, "syntax": syntax, "ignore": ignore,
                "preview": preview,
            });
            ("quick-add-task", input)
        },
    )
}

fn change() -> impl Strategy<Value = (&'static str, Value)> {
    (id(), maybe(any::<u64>().prop_map(|number| json!(number))), addition()).prop_map(
        |(id, version, (_, mut input))| {
            input["id"] = id;
            input["version"] = version;
            ("update-task", input)
        },
    )
}

fn list() -> impl Strategy<Value = (&'static str, Value)> {
    (maybe(due()), maybe(due()), maybe(text()), maybe(text()), maybe(text()), any::<u8>()).prop_map(
        |(due_after, due_before, label, text, cursor, limit)| {
            let input = json!({
                "due_after": due_after, "due_before": due_before, "label": label, "text": text, "cursor": cursor,
                "limit": limit,
            });
            ("list-tasks", input)
        },
    )
}

fn many() -> impl Strategy<Value = (&'static str, Value)> {
    let tool = prop::sample::select(vec!["export-tasks", "complete-tasks", "delete-tasks"]);
    let ids = maybe(prop::collection::vec(id(), 0..4).prop_map(Value::Array));
    (tool, ids, maybe(due()), maybe(due()), maybe(text()), maybe(text()), priority()).prop_map(
        |(tool, ids, due_after, due_before, label, text, priority)| {
            let filter = json!({
                "ids": ids, "due_after": due_after, "due_before": due_before, "label": label, "text": text,
                "priority": priority,
            });
            (tool, json!({ "format": "markdown", "filter": filter }))
        },
    )
}

fn about_lists() -> impl Strategy<Value = (&'static str, Value)> {
    let colour = maybe(prop::sample::select(vec!["grey", "teal", "brown"]).prop_map(|name| json!(name)));
    let change = (
        id(),
        maybe(text()),
        colour,
        maybe(id()),
        maybe(id()),
        maybe(any::<bool>().prop_map(|is| json!(is))),
    );
    change.prop_flat_map(|(id, name, colour, parent, before, archived)| {
        let input = json!({
            "id": id, "name": name, "colour": colour, "parent_id": parent, "before": before, "archived": archived,
        });
        prop_oneof![
            Just(("add-list", json!({ "name": input["name"].as_str().unwrap_or("x"), "colour": input["colour"] }))),
            Just(("update-list", input.clone())),
            Just(("delete-list", json!({ "id": input["id"] }))),
            Just(("list-lists", json!({ "archived": input["archived"] }))),
        ]
    })
}

fn about_reminders() -> impl Strategy<Value = (&'static str, Value)> {
    (id(), maybe(due()), maybe(any::<u32>().prop_map(|minutes| json!(minutes))), any::<u8>()).prop_map(
        |(id, at, minutes, choice)| match choice % 3 {
            0 => ("add-reminder", json!({ "task_id": id, "at": at, "before_due_minutes": minutes })),
            1 => ("list-reminders", json!({ "task_id": at, "limit": minutes })),
            _ => ("cancel-reminder", json!({ "id": id })),
        },
    )
}

fn any_call() -> impl Strategy<Value = (&'static str, Value)> {
    let about_one = prop::sample::select(vec!["get-task", "complete-task", "reopen-task", "delete-task"]);
    prop_oneof![
        4 => addition(),
        3 => line(),
        2 => change(),
        2 => list(),
        2 => many(),
        1 => (about_one, id()).prop_map(|(tool, id)| (tool, json!({ "id": id }))),
        2 => text().prop_map(|query| ("search-tasks", json!({ "query": query }))),
        2 => about_lists(),
        1 => about_reminders(),
        1 => any::<u32>().prop_map(|days| ("overview", json!({ "days": days }))),
    ]
}

#[test]
fn nothing_breaks() {
    let user = ToolHarness::shared().user();
    let mut runner = TestRunner::new(Config { cases: 1500, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&(any_call(), -1_000_000_000_i64..1_000_000_000), |((tool, input), seconds)| {
        let user = user.at(NOW + seconds * 1_000_000);
        let answer = user.call(tool, input.clone());
        let understood = answer.get("ok").is_some()
            || answer["error"].get("invalid").is_some()
            || ["not_found", "list_not_found", "reminder_not_found", "too_many_lists"]
                .iter()
                .any(|case| answer["error"].get(*case).is_some());
        prop_assert!(understood, "{} {}: {}", tool, input, answer);
        if tool == "add-task" && answer.get("ok").is_some() {
            prop_assert_eq!(&user.read(&answer["ok"]), &answer["ok"]);
        }
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}
