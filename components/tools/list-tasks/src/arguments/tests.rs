use task_model::cursor;

use super::*;

fn caller() -> Caller {
    Caller {
        user_id: "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f".to_owned(),
        scopes: vec![],
        request_id: "r".to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
        // 2026-11-18T11:06:40Z
        now: 1_795_000_000_000_000,
        idempotency_key: None,
    }
}

fn everything() -> TaskQuery {
    TaskQuery {
        status: None,
        due_after: None,
        due_before: None,
        overdue: None,
        label: None,
        priority: None,
        text: None,
        sort: None,
        direction: None,
        limit: None,
        cursor: None,
    }
}

fn pointers(input: &TaskQuery) -> Vec<String> {
    match check(&caller(), input) {
        Err(ToolError::Invalid(found)) => found.into_iter().map(|violation| violation.pointer).collect(),
        other => panic!("must be invalid: {other:?}"),
    }
}

#[test]
fn left_out_means_all_tasks_by_due_time_twenty_a_page() {
    let arguments = check(&caller(), &everything()).unwrap();
    assert_eq!(arguments.order.status, TaskStatus::All);
    assert_eq!(arguments.order.sort, TaskSort::Due);
    assert_eq!(arguments.limit, 20);
    assert_eq!((arguments.due_from, arguments.due_to, arguments.not_overdue_at), (None, None, None));
}

#[test]
fn a_day_means_its_start_where_the_caller_is() {
    let input = TaskQuery {
        due_after: Some("2026-11-22".to_owned()),
        due_before: Some("2026-11-23".to_owned()),
        ..everything()
    };
    let arguments = check(&caller(), &input).unwrap();
    assert_eq!(arguments.due_from.unwrap().to_string(), "2026-11-21T23:00:00Z");
    assert_eq!(arguments.due_to.unwrap().to_string(), "2026-11-22T22:59:59.999999Z");
}

#[test]
fn due_after_leaves_out_what_is_not_due_at_all() {
    let input = TaskQuery { due_after: Some("2026-11-22".to_owned()), ..everything() };
    assert_eq!(check(&caller(), &input).unwrap().due_to, Some(LAST_DUE));
}

#[test]
fn overdue_is_open_and_before_now() {
    let overdue =
        |status| check(&caller(), &TaskQuery { overdue: Some(true), status, ..everything() }).unwrap();
    assert_eq!(overdue(None).order.status, TaskStatus::Open);
    assert_eq!(overdue(None).due_to.unwrap().to_string(), "2026-11-18T11:06:39.999999Z");
    assert!(overdue(Some(TaskStatus::Done)).impossible);
    let others = check(&caller(), &TaskQuery { overdue: Some(false), ..everything() }).unwrap();
    assert_eq!(others.order.status, TaskStatus::All);
    assert!(others.not_overdue_at.is_some());
}

#[test]
fn everything_wrong_is_named_at_once() {
    let input = TaskQuery {
        due_after: Some("soon".to_owned()),
        due_before: Some("2026-02-30".to_owned()),
        label: Some("two words".to_owned()),
        text: Some("?".to_owned()),
        limit: Some(0),
        cursor: Some("x".to_owned()),
        ..everything()
    };
    assert_eq!(pointers(&input), ["/due_after", "/due_before", "/label", "/text", "/limit", "/cursor"]);
}

#[test]
fn a_cursor_belongs_to_its_filters_order_and_user() {
    let first = TaskQuery { label: Some("home".to_owned()), ..everything() };
    let arguments = check(&caller(), &first).unwrap();
    let last = Position { numbers: vec![1_795_000_000_000_000], text: String::new(), id: uuid::Uuid::max() };
    let cursor = Some(cursor::write(&last, &arguments.binding));

    let next =
        TaskQuery { cursor: cursor.clone(), limit: Some(5), label: Some("HOME".to_owned()), ..first.clone() };
    assert_eq!(check(&caller(), &next).unwrap().position, last);

    for other in [
        TaskQuery { cursor: cursor.clone(), ..everything() },
        TaskQuery { cursor: cursor.clone(), label: Some("work".to_owned()), ..everything() },
        TaskQuery { cursor: cursor.clone(), direction: Some(SortDirection::Descending), ..first.clone() },
        TaskQuery { cursor: cursor.clone(), sort: Some(TaskSort::Updated), ..first.clone() },
        TaskQuery { cursor: cursor.clone(), priority: Some(Priority::High), ..first.clone() },
        TaskQuery { cursor: cursor.clone(), overdue: Some(false), ..first.clone() },
    ] {
        assert_eq!(pointers(&other), ["/cursor"]);
    }
    let someone_else = Caller { user_id: "another".to_owned(), ..caller() };
    assert!(check(&someone_else, &next).is_err());
}
