//! Each rule takes what the tools take, and refuses what they refuse.

use serde_json::{Value, json};

fn takes(schema: &str, value: &Value) -> bool {
    let components = super::super::schemas::components()["components"].clone();
    let schema = json!({ "$ref": format!("#/components/schemas/{schema}"), "components": components });
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap().is_valid(value)
}

#[track_caller]
fn check(schema: &str, good: &[Value], wrong: &[Value]) {
    for value in good {
        assert!(takes(schema, value), "{schema} refuses {value}");
    }
    for value in wrong {
        assert!(!takes(schema, value), "{schema} takes {value}");
    }
}

#[test]
fn a_new_task_is_what_add_task_takes() {
    check(
        "NewTask",
        &[
            json!({"title": "Buy milk"}),
            json!({"title": " שלום\n", "notes": "a\n\tb", "labels": ["work", " Café "]}),
            json!({"title": "x", "due": "2026-11-22", "time_zone": "Europe/Berlin"}),
            json!({"title": "x", "due": "2026-11-22T18:00:00+01:00", "labels": null, "time_zone": null}),
        ],
        &[
            json!({"title": " "}),
            json!({"title": "\u{200b}"}),
            json!({"title": "a\nb"}),
            json!({"title": "a\u{202e}b"}),
            json!({"title": "x", "notes": "a\u{0}"}),
            json!({"title": "x", "labels": ["two words"]}),
            json!({"title": "x", "labels": ["#tag"]}),
            json!({"title": "x", "due": ""}),
            json!({"title": "x", "due": "2026-02-30"}),
            json!({"title": "x", "due": "1969-12-31"}),
            json!({"title": "x", "time_zone": "Europe/Berlin"}),
        ],
    );
}

#[test]
fn a_line_is_what_a_quick_addition_takes() {
    check(
        "QuickAddition",
        &[
            json!({"text": " buy milk tomorrow\n"}),
            json!({"text": "x", "time_zone": "Europe/Berlin", "syntax": "todoist", "preview": true}),
            json!({"text": "x", "ignore": [{"start": 0, "end": 500}, {"start": 7, "end": 3}], "list_id": null}),
        ],
        &[
            json!({"text": " "}),
            json!({"text": "a\nb"}),
            json!({"text": "x".repeat(501)}),
            json!({"text": "x", "title": "x"}),
            json!({"text": "x", "syntax": "org"}),
            json!({"text": "x", "list_id": "home"}),
            json!({"text": "x", "ignore": [{"start": 0}]}),
            json!({"text": "x", "ignore": [{"start": 0, "end": 501}]}),
        ],
    );
}

#[test]
fn a_subtask_names_its_parent_and_no_list() {
    let id = "0193a5c2-7d4e-7b3a-9f10-2b6c8d0e4f12";
    check(
        "NewTask",
        &[json!({"title": "x", "parent_id": id}), json!({"title": "x", "parent_id": null, "list_id": id})],
        &[json!({"title": "x", "parent_id": "7"}), json!({"title": "x", "parent_id": id, "list_id": id})],
    );
    check(
        "TaskPatch",
        &[json!({"parent_id": null, "list_id": id}), json!({"parent_id": id})],
        &[json!({"parent_id": id, "list_id": id}), json!({"subtasks": null})],
    );
}

#[test]
fn a_recurrence_is_a_rule_in_the_form_of_icalendar() {
    check(
        "NewTask",
        &[
            json!({"title": "x", "recurrence": null}),
            json!({"title": "x", "recurrence": {"rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"}}),
            json!({"title": "x", "recurrence": {"rule": "rrule:freq=monthly;byday=+1mo,-1FR;", "from": null}}),
            json!({"title": "x", "due": "2026-12-01", "recurrence": {
                "rule": "FREQ=DAILY;UNTIL=20261224T170000Z", "from": "completion", "zone": "Europe/Berlin",
                "exceptions": ["2026-12-24"],
            }}),
        ],
        &[
            json!({"title": "x", "recurrence": "FREQ=DAILY"}),
            json!({"title": "x", "recurrence": {}}),
            json!({"title": "x", "recurrence": {"rule": "every friday"}}),
            json!({"title": "x", "recurrence": {"rule": ""}}),
            json!({"title": "x", "recurrence": {"rule": format!("FREQ=DAILY;BYHOUR={}", "1,".repeat(300))}}),
            json!({"title": "x", "recurrence": {"rule": "FREQ=DAILY", "from": "now"}}),
            json!({"title": "x", "recurrence": {"rule": "FREQ=DAILY", "exceptions": ["24.12.2026"]}}),
            json!({"title": "x", "recurrence": {"rule": "FREQ=DAILY", "until": "2026-12-24"}}),
        ],
    );
    check(
        "TaskPatch",
        &[
            json!({"recurrence": null}),
            json!({"due": null, "recurrence": null}),
            json!({"due": "2026-12-01", "recurrence": {"rule": "FREQ=DAILY"}}),
        ],
        &[json!({"due": null, "recurrence": {"rule": "FREQ=DAILY"}})],
    );
}

#[test]
fn a_patch_removes_a_time_zone_only_with_its_date() {
    check(
        "TaskPatch",
        &[
            json!({"due": null, "time_zone": null}),
            json!({"due": "2026-11-22", "time_zone": "UTC"}),
            json!({"due": "2026-11-22", "time_zone": null}),
            json!({"notes": null}),
        ],
        &[
            json!({}),
            json!({"time_zone": null}),
            json!({"time_zone": "UTC"}),
            json!({"due": null, "time_zone": "UTC"}),
        ],
    );
}

#[test]
fn a_list_has_one_line_for_a_name_and_goes_to_one_place() {
    let id = "0193a5c2-7d4e-7b3a-9f10-2b6c8d0e4f12";
    check(
        "NewList",
        &[json!({"name": " Home "}), json!({"name": "x", "colour": "teal", "parent_id": id})],
        &[json!({"name": ""}), json!({"name": "a\nb"}), json!({"name": "x", "colour": "plaid"})],
    );
    check(
        "ListPatch",
        &[json!({"before": id}), json!({"parent_id": null, "colour": null}), json!({"archived": false})],
        &[
            json!({}),
            json!({"name": null}),
            json!({"before": id, "after": id}),
            json!({"before": id, "parent_id": null}),
            json!({"after": "home"}),
        ],
    );
    check(
        "TaskQuery",
        &[json!({"list": "inbox"}), json!({"list": id}), json!({"list": null})],
        &[json!({"list": "Inbox"}), json!({"list": ""})],
    );
}

#[test]
fn a_selection_leaves_some_tasks_out() {
    check(
        "TaskSelection",
        &[
            json!({"filter": {"status": "done"}}),
            json!({"filter": {"label": "x", "status": "all"}}),
            json!({"filter": {"ids": ["0193a5c2-7d4e-7b3a-9f10-2b6c8d0e4f12"]}}),
            json!({"filter": {"overdue": false}, "dry_run": true}),
        ],
        &[
            json!({"filter": {}}),
            json!({"filter": {"status": "all"}}),
            json!({"filter": {"label": null}}),
            json!({"filter": {"ids": [""]}}),
            json!({"filter": {"text": ""}}),
            json!({"filter": {"text": "·"}}),
        ],
    );
}

#[test]
fn a_query_has_something_to_look_for() {
    check(
        "TaskSearch",
        &[json!({"query": "milk"}), json!({"query": "牛乳"})],
        &[json!({"query": "·"}), json!({"query": "milk", "limit": 0}), json!({"query": "milk", "limit": 51})],
    );
    check("OverviewQuery", &[json!({"days": 31}), json!({})], &[json!({"days": 0}), json!({"days": 32})]);
}
