use task_model::cursor;
use task_model::types::{Priority, TaskStatus};

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

const ID: &str = "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f";

fn everything() -> TaskQuery {
    TaskQuery {
        status: None,
        due_after: None,
        due_before: None,
        overdue: None,
        label: None,
        list: None,
        priority: None,
        text: None,
        query: None,
        parent_id: None,
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
        TaskQuery { cursor: cursor.clone(), list: Some("inbox".to_owned()), ..first.clone() },
        TaskQuery { cursor: cursor.clone(), priority: Some(Priority::High), ..first.clone() },
        TaskQuery { cursor: cursor.clone(), overdue: Some(false), ..first.clone() },
        TaskQuery { cursor: cursor.clone(), parent_id: Some(ID.to_owned()), ..first.clone() },
    ] {
        assert_eq!(pointers(&other), ["/cursor"]);
    }
    let someone_else = Caller { user_id: "another".to_owned(), ..caller() };
    assert!(check(&someone_else, &next).is_err());
}
