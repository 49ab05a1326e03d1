use task_model::types::NewRecurrence;

use super::*;

fn caller() -> Caller {
    Caller {
        user_id: "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f".to_owned(),
        scopes: vec![],
        request_id: "r".to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
        now: 1_795_000_000_000_000,
        idempotency_key: None,
    }
}

fn unchanged() -> TaskChanges {
    TaskChanges {
        id: "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f".to_owned(),
        version: None,
        title: None,
        notes: None,
        due: None,
        time_zone: None,
        priority: None,
        labels: None,
        list_id: None,
        parent_id: None,
        recurrence: None,
        clear: None,
    }
}

fn pointers(input: &TaskChanges) -> Vec<String> {
    match check(&caller(), input, None) {
        Err(ToolError::Invalid(found)) => found.into_iter().map(|violation| violation.pointer).collect(),
        other => panic!("must be invalid: {other:?}"),
    }
}

#[test]
fn what_is_left_out_stays() {
    let arguments =
        check(&caller(), &TaskChanges { title: Some("new".to_owned()), ..unchanged() }, None).unwrap();
    assert_eq!(arguments.title.as_deref(), Some("new"));
    assert!(arguments.notes.is_none() && arguments.due.is_none() && arguments.labels.is_none());
}

#[test]
fn clearing_empties_and_resets() {
    let clear = ClearableField::NAMES.iter().map(|(field, _)| *field).collect();
    let arguments = check(&caller(), &TaskChanges { clear: Some(clear), ..unchanged() }, None).unwrap();
    assert_eq!(arguments.notes, Some(None));
    assert_eq!(arguments.due, Some(None));
    assert_eq!(arguments.priority, Some(Priority::Normal));
    assert_eq!(arguments.labels, Some(vec![]));
    assert_eq!(arguments.list_id, Some(None));
    assert_eq!(arguments.recurrence, Some(None));
}

#[test]
fn a_change_of_nothing_is_refused() {
    assert_eq!(pointers(&unchanged()), [""]);
    assert_eq!(pointers(&TaskChanges { clear: Some(vec![]), version: Some(3), ..unchanged() }), [""]);
}

#[test]
fn a_field_both_set_and_cleared_is_refused() {
    let input = TaskChanges {
        due: Some("2026-11-22".to_owned()),
        clear: Some(vec![ClearableField::Notes, ClearableField::Due]),
        ..unchanged()
    };
    assert_eq!(pointers(&input), ["/clear/1"]);
}

#[test]
fn everything_wrong_is_named_at_once() {
    let input = TaskChanges {
        id: "7".to_owned(),
        version: Some(0),
        title: Some(" ".to_owned()),
        time_zone: Some("UTC".to_owned()),
        labels: Some(vec!["a b".to_owned()]),
        list_id: Some("groceries".to_owned()),
        ..unchanged()
    };
    assert_eq!(pointers(&input), ["/id", "/version", "/title", "/time_zone", "/labels/0", "/list_id"]);
}

fn repeated(rule: &str) -> NewRecurrence {
    NewRecurrence { rule: rule.to_owned(), from: None, zone: None, exceptions: None }
}

fn current(due: Option<&str>, series: Option<Series>) -> Current {
    Current { due: due.map(str::to_owned), time_zone: due.map(|_| "Asia/Tokyo".to_owned()), series }
}

#[test]
fn a_series_starts_where_the_task_is_due() {
    let input = TaskChanges { recurrence: Some(repeated("FREQ=DAILY")), ..unchanged() };
    let arguments = check(&caller(), &input, Some(&current(Some("2026-11-25"), None))).unwrap();
    let series = arguments.recurrence.unwrap().unwrap();
    assert_eq!((series.zone.as_str(), String::from(series.at).as_str()), ("Asia/Tokyo", "2026-11-25"));
    assert!(arguments.due.is_none());
    let moved = TaskChanges { due: Some("2026-11-27".to_owned()), ..input };
    let arguments = check(&caller(), &moved, Some(&current(Some("2026-11-25"), None))).unwrap();
    assert_eq!(String::from(arguments.recurrence.unwrap().unwrap().at), "2026-11-27");
}

#[test]
fn a_task_that_is_not_due_becomes_due_on_the_first_occurrence() {
    let input = TaskChanges { recurrence: Some(repeated("FREQ=DAILY")), ..unchanged() };
    let arguments = check(&caller(), &input, Some(&current(None, None))).unwrap();
    assert_eq!(arguments.due.unwrap().unwrap().by.to_string(), "2026-11-18T22:59:59.999999Z");
}

#[test]
fn the_same_rule_once_more_leaves_the_series_where_it_is() {
    let input = TaskChanges { recurrence: Some(repeated("FREQ=DAILY;COUNT=9")), ..unchanged() };
    let first = check(&caller(), &input, Some(&current(Some("2026-11-25"), None))).unwrap();
    let series = Series { passed: 4, ..first.recurrence.unwrap().unwrap() };
    let current = current(Some("2026-12-01"), Some(series.clone()));
    let again = check(&caller(), &input, Some(&current)).unwrap();
    assert_eq!(again.recurrence, Some(Some(series.clone())));
    let recurrence =
        NewRecurrence { exceptions: Some(vec!["2026-12-24".to_owned()]), ..repeated("FREQ=DAILY;COUNT=9") };
    let without = TaskChanges { recurrence: Some(recurrence), ..unchanged() };
    let without = check(&caller(), &without, Some(&current)).unwrap().recurrence.unwrap().unwrap();
    assert_eq!((without.passed, without.at), (4, series.at));
    assert_eq!(without.exceptions, ["2026-12-24"]);
}

#[test]
fn what_is_no_longer_due_can_not_begin_to_repeat() {
    let input = TaskChanges {
        recurrence: Some(repeated("FREQ=DAILY")),
        clear: Some(vec![ClearableField::Due]),
        ..unchanged()
    };
    assert_eq!(pointers(&input), ["/recurrence"]);
    let both = TaskChanges { clear: Some(vec![ClearableField::Recurrence]), ..input };
    assert_eq!(pointers(&both), ["/clear/0"]);
}
