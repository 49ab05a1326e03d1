use super::*;
use crate::types::ToolError;

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

const NOTHING: FilterInput<'static> = FilterInput {
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
};

fn checked(given: FilterInput<'_>) -> Filter {
    let mut violations = Violations::none();
    let filter = check(&caller(), given, "", &mut violations);
    violations.finish().unwrap();
    filter
}

fn hash(given: FilterInput<'_>) -> [u8; 32] {
    checked(given).update_hash(InputHash::new()).finish()
}

#[test]
fn left_out_means_all_tasks() {
    let filter = checked(NOTHING);
    assert_eq!(filter.status, TaskStatus::All);
    assert_eq!((filter.due_from, filter.due_to, filter.not_overdue_at), (None, None, None));
    assert!(!filter.matches_nothing);
}

#[test]
fn a_day_means_its_start_where_the_caller_is() {
    let filter =
        checked(FilterInput { due_after: Some("2026-11-22"), due_before: Some("2026-11-23"), ..NOTHING });
    assert_eq!(filter.due_from.unwrap().to_string(), "2026-11-21T23:00:00Z");
    assert_eq!(filter.due_to.unwrap().to_string(), "2026-11-22T22:59:59.999999Z");
}

#[test]
fn due_after_leaves_out_what_is_not_due_at_all() {
    assert_eq!(checked(FilterInput { due_after: Some("2026-11-22"), ..NOTHING }).due_to, Some(LAST_DUE));
}

#[test]
fn overdue_is_open_and_before_now() {
    let overdue = |status| checked(FilterInput { overdue: Some(true), status, ..NOTHING });
    assert_eq!(overdue(None).status, TaskStatus::Open);
    assert_eq!(overdue(None).due_to.unwrap().to_string(), "2026-11-18T11:06:39.999999Z");
    assert!(overdue(Some(TaskStatus::Done)).matches_nothing);
    let others = checked(FilterInput { overdue: Some(false), ..NOTHING });
    assert_eq!(others.status, TaskStatus::All);
    assert!(others.not_overdue_at.is_some());
}

#[test]
fn what_is_wrong_is_named_where_the_filters_stand() {
    let given = FilterInput {
        due_after: Some("soon"),
        due_before: Some("2026-02-30"),
        label: Some("two words"),
        text: Some("?"),
        query: Some("p1 &"),
        parent_id: Some("7"),
        ..NOTHING
    };
    for at in ["", "/filter"] {
        let mut violations = Violations::none();
        check(&caller(), given, at, &mut violations);
        let Err(ToolError::Invalid(found)) = violations.finish() else { panic!("must be invalid") };
        let pointers: Vec<_> = found.into_iter().map(|violation| violation.pointer).collect();
        let expected = ["/due_after", "/due_before", "/label", "/text", "/parent_id", "/query"]
            .map(|name| format!("{at}{name}"));
        assert_eq!(pointers, expected);
    }
}

#[test]
fn a_query_that_contradicts_itself_matches_nothing() {
    assert!(checked(FilterInput { query: Some("p1 & p2"), ..NOTHING }).matches_nothing);
    assert!(!checked(FilterInput { query: Some("p1 | p2"), ..NOTHING }).matches_nothing);
}

#[test]
fn a_text_has_at_most_200_characters() {
    let wrong = |length: usize| {
        let mut violations = Violations::none();
        check(&caller(), FilterInput { text: Some(&"ä".repeat(length)), ..NOTHING }, "", &mut violations);
        violations.finish().is_err()
    };
    assert!(!wrong(200));
    assert!(wrong(201));
}

#[test]
fn the_hash_tells_filters_apart_and_not_the_clock() {
    let filters = [
        NOTHING,
        FilterInput { due_after: Some("2026-11-22"), ..NOTHING },
        FilterInput { due_before: Some("2026-11-22"), ..NOTHING },
        FilterInput { overdue: Some(true), ..NOTHING },
        FilterInput { overdue: Some(false), ..NOTHING },
        FilterInput { label: Some("home"), ..NOTHING },
        FilterInput { priority: Some(Priority::High), ..NOTHING },
        FilterInput { text: Some("home"), ..NOTHING },
        FilterInput { query: Some("@home"), ..NOTHING },
        FilterInput { parent_id: Some("01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f"), ..NOTHING },
    ];
    let hashes: std::collections::HashSet<_> = filters.into_iter().map(hash).collect();
    assert_eq!(hashes.len(), filters.len());
    let overdue = FilterInput { overdue: Some(true), ..NOTHING };
    let later = Caller { now: caller().now + 1_000_000, ..caller() };
    let filter = check(&later, overdue, "", &mut Violations::none());
    assert_eq!(filter.update_hash(InputHash::new()).finish(), hash(overdue));
}
