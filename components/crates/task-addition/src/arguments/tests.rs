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

fn titled(title: &str) -> NewTask {
    NewTask {
        title: title.to_owned(),
        notes: None,
        due: None,
        time_zone: None,
        priority: None,
        labels: None,
        list_id: None,
        recurrence: None,
        parent_id: None,
    }
}

fn pointers(outcome: Result<Arguments, ToolError>) -> Vec<String> {
    match outcome {
        Err(ToolError::Invalid(found)) => found.into_iter().map(|violation| violation.pointer).collect(),
        other => panic!("must be invalid: {other:?}"),
    }
}

#[test]
fn a_title_is_enough() {
    let arguments = check(&caller(), &titled(" buy milk ")).unwrap();
    assert_eq!(arguments.title, "buy milk");
    assert_eq!(arguments.priority, Priority::Normal);
    assert_eq!((arguments.notes, arguments.due, arguments.labels), (None, None, vec![]));
}

#[test]
fn everything_wrong_is_named_at_once() {
    let input = NewTask {
        notes: Some("a\0".to_owned()),
        due: Some("tomorrow".to_owned()),
        labels: Some(vec!["fine".to_owned(), "not fine".to_owned()]),
        ..titled("")
    };
    let caller = Caller { idempotency_key: Some("a b".to_owned()), ..caller() };
    assert_eq!(pointers(check(&caller, &input)), ["/title", "/notes", "/due", "/labels/1", ""]);
}

#[test]
fn a_day_is_meant_in_the_zone_given_or_the_callers() {
    let input = NewTask { due: Some("2026-11-22".to_owned()), ..titled("t") };
    assert_eq!(check(&caller(), &input).unwrap().due.unwrap().zone, "Europe/Berlin");
    let input = NewTask { time_zone: Some("asia/tokyo".to_owned()), ..input };
    assert_eq!(check(&caller(), &input).unwrap().due.unwrap().zone, "Asia/Tokyo");
}

#[test]
fn a_zone_needs_a_due_time_and_must_exist() {
    let alone = NewTask { time_zone: Some("UTC".to_owned()), ..titled("t") };
    assert_eq!(pointers(check(&caller(), &alone)), ["/time_zone"]);
    let unknown = NewTask {
        due: Some("2026-11-22".to_owned()),
        time_zone: Some("Mars/Olympus".to_owned()),
        ..titled("t")
    };
    assert_eq!(pointers(check(&caller(), &unknown)), ["/time_zone"]);
}

fn repeated(rule: &str) -> NewRecurrence {
    NewRecurrence { rule: rule.to_owned(), from: None, zone: None, exceptions: None }
}

#[test]
fn a_task_that_repeats_is_due_on_its_first_occurrence_where_it_is_not_due_anyway() {
    let input = NewTask { recurrence: Some(repeated("FREQ=WEEKLY;BYDAY=FR")), ..titled("t") };
    let stored = check(&caller(), &input).unwrap();
    assert_eq!(stored.due.unwrap().by.to_string(), "2026-11-20T22:59:59.999999Z");
    assert_eq!(stored.recurrence.unwrap().words, "every Friday");
    let input = NewTask { due: Some("2026-11-30".to_owned()), ..input };
    let due = check(&caller(), &input).unwrap().due.unwrap();
    assert_eq!(due.by.to_string(), "2026-11-30T22:59:59.999999Z");
}

#[test]
fn what_is_wrong_with_a_recurrence_is_named_beside_the_rest() {
    let recurrence = NewRecurrence { zone: Some("Mars/Olympus".to_owned()), ..repeated("FREQ=SECONDLY") };
    let input = NewTask { due: Some("soon".to_owned()), recurrence: Some(recurrence), ..titled("t") };
    assert_eq!(pointers(check(&caller(), &input)), ["/due", "/recurrence/rule", "/recurrence/zone"]);
}

#[test]
fn inputs_that_differ_in_anything_have_another_fingerprint() {
    let inputs = [
        titled("a"),
        titled("b"),
        NewTask { notes: Some(String::new()), ..titled("a") },
        NewTask { due: Some("2026-11-22".to_owned()), ..titled("a") },
        NewTask { priority: Some(Priority::Normal), ..titled("a") },
        NewTask { labels: Some(vec![]), ..titled("a") },
        NewTask { labels: Some(vec!["x".to_owned(), "y".to_owned()]), ..titled("a") },
        NewTask { labels: Some(vec!["xy".to_owned()]), ..titled("a") },
        NewTask { list_id: Some("01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f".to_owned()), ..titled("a") },
        NewTask { labels: Some(vec!["list_id".to_owned()]), ..titled("a") },
        NewTask { recurrence: Some(repeated("FREQ=DAILY")), ..titled("a") },
        NewTask { recurrence: Some(repeated("FREQ=WEEKLY")), ..titled("a") },
    ];
    let hashes: std::collections::HashSet<_> = inputs.iter().map(fingerprint).collect();
    assert_eq!(hashes.len(), inputs.len());
}

#[test]
fn a_subtask_is_in_the_list_of_its_parent_and_no_other_is_named() {
    let id = || Some("01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f".to_owned());
    let parted = NewTask { parent_id: id(), ..titled("t") };
    assert_eq!(check(&caller(), &parted).unwrap().parent_id.unwrap().to_string(), id().unwrap());
    assert_eq!(pointers(check(&caller(), &NewTask { list_id: id(), ..parted })), ["/list_id"]);
    assert_eq!(
        pointers(check(&caller(), &NewTask { parent_id: Some("7".to_owned()), ..titled("t") })),
        ["/parent_id"]
    );
}

#[test]
fn a_parent_is_part_of_what_a_key_stands_for() {
    let id = || Some("01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f".to_owned());
    let (below, listed) =
        (NewTask { parent_id: id(), ..titled("t") }, NewTask { list_id: id(), ..titled("t") });
    assert_ne!(fingerprint(&below), fingerprint(&titled("t")));
    assert_ne!(fingerprint(&below), fingerprint(&listed));
}
