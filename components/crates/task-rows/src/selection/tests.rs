use task_model::Named;
use task_model::types::ToolError;

use super::*;
use crate::{TaskRow, completion};

fn caller() -> Caller {
    Caller {
        user_id: "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f".to_owned(),
        scopes: vec![],
        request_id: "r".to_owned(),
        time_zone: "UTC".to_owned(),
        now: 1_795_000_000_000_000,
        idempotency_key: None,
    }
}

fn pointers(input: &TaskFilter) -> Vec<String> {
    let mut violations = Violations::none();
    let _ = Selection::check_narrow(&caller(), input, &mut violations);
    match violations.finish() {
        Err(ToolError::Invalid(found)) => found.into_iter().map(|violation| violation.pointer).collect(),
        _ => Vec::new(),
    }
}

fn given(status: TaskStatus) -> TaskFilter {
    TaskFilter { status: Some(status), ..EVERYTHING }
}

#[test]
fn a_change_of_everything_is_refused_and_an_export_of_everything_is_not() {
    assert_eq!(pointers(&EVERYTHING), ["/filter"]);
    assert_eq!(pointers(&given(TaskStatus::All)), ["/filter"]);
    let mut violations = Violations::none();
    let _ = Selection::check(&caller(), None, &mut violations);
    assert!(violations.finish().is_ok());
}

#[test]
fn any_filter_that_leaves_some_out_will_do() {
    for narrow in [
        given(TaskStatus::Open),
        given(TaskStatus::Done),
        TaskFilter { overdue: Some(false), ..EVERYTHING },
        TaskFilter { label: Some("home".to_owned()), ..EVERYTHING },
        TaskFilter { list: Some("inbox".to_owned()), ..EVERYTHING },
        TaskFilter { ids: Some(vec![Uuid::nil().to_string()]), ..given(TaskStatus::All) },
    ] {
        assert_eq!(pointers(&narrow), Vec::<String>::new(), "{narrow:?}");
    }
}

#[test]
fn a_wrong_filter_is_named_and_not_called_empty() {
    let wrong = TaskFilter {
        ids: Some(vec!["7".to_owned()]),
        label: Some("two words".to_owned()),
        list: Some("groceries".to_owned()),
        due_before: Some("soon".to_owned()),
        ..EVERYTHING
    };
    assert_eq!(pointers(&wrong), ["/filter/ids/0", "/filter/due_before", "/filter/label", "/filter/list"]);
    assert_eq!(pointers(&TaskFilter { ids: Some(Vec::new()), ..EVERYTHING }), ["/filter/ids"]);
}

#[test]
fn only_what_is_open_can_be_left() {
    let open = |status| {
        let mut violations = Violations::none();
        let selection = Selection::check(&caller(), Some(&given(status)), &mut violations).only_open();
        (selection.filter.status, selection.filter.matches_nothing)
    };
    assert_eq!(open(TaskStatus::All), (TaskStatus::Open, false));
    assert_eq!(open(TaskStatus::Open), (TaskStatus::Open, false));
    assert_eq!(open(TaskStatus::Done), (TaskStatus::Open, true));
}

#[test]
fn each_shape_has_its_own_text_with_every_place_filled() {
    static TEMPLATE: StatementTemplate<SelectionParameters, TaskRow> =
        crate::statement_template!("tests.sql");
    let mut texts = std::collections::HashSet::new();
    for (status, _) in TaskStatus::NAMES {
        for by_id in [false, true] {
            let text = &TEMPLATE.choose(StatementVariant { status: *status, by_id }).sql;
            assert!(!text.contains('{'), "{text}");
            assert!(text.contains("= ANY (labels)"), "{text}");
            assert!(text.contains(completion(*status)), "{text}");
            assert_eq!(text.contains("id = ANY ($2::text[]::uuid[])"), by_id, "{text}");
            assert!(texts.insert(text), "{text}");
        }
    }
}
