//! Every statement of a tool but the list's is read from an index of the user's rows.

use task_model::Named;
use task_model::types::TaskStatus;
use task_rows::Shape;

use crate::plan::{ALL_FILTERS, MODES, NO_FILTER, plan};
use crate::store::{Store, statement};

/// The position in the order of ids where a batch goes on.
const POSITION: &str = "'01900000-0100-7000-8000-00000000002a'";

#[test]
fn one_task_is_found_by_its_key() {
    let plan =
        plan(MODES[0], &statement("get-task", "select_task"), &["'01900000-0100-7000-8000-00000000002a'"]);
    assert_eq!(plan.indexes, ["tasks_pkey"]);
}

#[test]
fn a_change_finds_its_task_by_its_key() {
    let id = "'01900000-0100-7000-8000-00000000002a'";
    let common = [id, "NULL", "'2026-06-01Z'", "'r'"];
    let fields = [
        "'t'",
        "'t'",
        "'t'",
        "1",
        "'{}'",
        "''",
        "true",
        "NULL",
        "''",
        "true",
        "NULL",
        "NULL",
        "NULL",
        "NULL",
        "'infinity'",
    ];
    for (tool, name, more) in [
        ("complete-task", "complete_task", &[][..]),
        ("reopen-task", "reopen_task", &[]),
        ("delete-task", "delete_task", &[]),
        ("update-task", "update_task", &fields),
    ] {
        for mode in MODES {
            let plan = plan(mode, &statement(tool, name), &[&common, more].concat());
            assert!(plan.indexes.iter().all(|index| index == "tasks_pkey"), "{tool}: {}", plan.text);
        }
    }
}

fn shapes() -> impl Iterator<Item = Shape> {
    let with_and_without =
        |(status, _): &(TaskStatus, &str)| [false, true].map(|by_id| Shape { status: *status, by_id });
    TaskStatus::NAMES.iter().flat_map(with_and_without)
}

/// The filters as in a list, with another limit, and ids where the shape has them.
fn selection<'a>(limit: &'a str, filters: &[&'a str; 7], shape: Shape) -> Vec<&'a str> {
    const IDS: &str = "'{01900000-0100-7000-8000-00000000002a,01900000-0101-7000-8000-00000000002a}'";
    [&[limit], &filters[1..], &[if shape.by_id { IDS } else { "NULL" }]].concat()
}

#[test]
fn an_export_goes_on_by_the_key() {
    for shape in shapes() {
        for (filters, mode) in [(NO_FILTER, MODES[0]), (NO_FILTER, MODES[1]), (ALL_FILTERS, MODES[0])] {
            let parameters = [selection("250", &filters, shape), vec![POSITION]].concat();
            let plan = plan(mode, &export_tasks::select_batch::STATEMENT.of(shape), &parameters);
            assert_eq!(plan.indexes.len(), 1, "{shape:?}: {}", plan.text);
            let is_sorted = plan.nodes.iter().any(|node| node.contains("Sort"));
            // Where hardly more is open, or done, than a batch holds, all of it may be read and sorted.
            let few = match shape.status {
                TaskStatus::Open => plan.indexes[0].starts_with("tasks_open_"),
                TaskStatus::Done => plan.indexes[0].starts_with("tasks_done_"),
                TaskStatus::All => false,
            };
            assert!(few || plan.indexes == ["tasks_pkey"], "{shape:?}: {}", plan.text);
            assert!(few || shape.by_id || !is_sorted, "{shape:?} is sorted: {}", plan.text);
        }
    }
}

#[test]
fn a_change_of_many_finds_them_by_an_index_and_changes_them_by_their_key() {
    for (tool, statement) in [
        ("complete-tasks", &complete_tasks::complete_tasks::STATEMENT),
        ("delete-tasks", &delete_tasks::delete_tasks::STATEMENT),
    ] {
        for shape in shapes() {
            for (filters, mode) in MODES.iter().flat_map(|mode| [(NO_FILTER, mode), (ALL_FILTERS, mode)]) {
                let rest = vec!["'2026-06-01Z'", "'r'", "false", "100"];
                let parameters = [selection("1000", &filters, shape), rest].concat();
                let plan = plan(mode, &statement.of(shape), &parameters);
                assert!(plan.indexes.len() >= 3, "{tool} {shape:?}: {}", plan.text);
                let by_key = plan.indexes.iter().all(|index| index == "tasks_pkey");
                assert!(by_key || !shape.by_id, "{tool} {shape:?} passes over ids: {}", plan.text);
            }
        }
    }
}

#[test]
fn a_restoration_finds_its_tasks_by_their_key() {
    const IDS: &str = "'{01900000-0100-7000-8000-00000000002a,01900000-0101-7000-8000-00000000002a}'";
    for mode in MODES {
        for is_deletion in ["true", "false"] {
            let parameters = [IDS, is_deletion, "'2026-06-01Z'", "'r'"];
            let plan = plan(mode, &statement("restore-tasks", "restore_tasks"), &parameters);
            assert!(plan.indexes.iter().all(|index| index == "tasks_pkey"), "{}", plan.text);
        }
    }
}

/// What both statements that add a task take behind the user, with this idempotency key and its fingerprint.
fn addition<'a>(key: &'a str, fingerprint: &'a str) -> [&'a str; 18] {
    [
        "'01900000-0100-7000-8000-0000000000aa'",
        "'t'",
        "'t'",
        "NULL",
        "NULL",
        "NULL",
        "NULL",
        "NULL",
        "'infinity'",
        "3",
        "'{}'",
        "'2026-06-01Z'",
        key,
        fingerprint,
        "'r'",
        "''",
        "''",
        "''",
    ]
}

#[test]
fn an_addition_looks_for_nothing() {
    for (mode, key, fingerprint) in
        MODES.iter().flat_map(|mode| [(mode, "NULL", "NULL"), (mode, "'k'", "'f'")])
    {
        let plan = plan(mode, &statement("add-task", "insert_task"), &addition(key, fingerprint));
        assert!(plan.indexes.is_empty(), "{mode} {key}: {}", plan.text);
    }
}

#[test]
fn an_addition_that_counts_reads_the_list_of_its_user_by_an_index() {
    for mode in MODES {
        let parameters = [&addition("NULL", "NULL")[..], &["10000"]].concat();
        let plan = plan(mode, &statement("add-task", "insert_task_counted"), &parameters);
        assert_eq!(plan.indexes.len(), 1, "{mode}: {}", plan.text);
        assert!(plan.nodes.iter().any(|node| node.contains("Limit")), "{mode}: {}", plan.text);
    }
}

#[test]
fn the_task_of_an_idempotency_key_is_found_by_it() {
    for mode in MODES {
        let plan = plan(mode, &statement("add-task", "select_task_by_key"), &["'k'", "'f'"]);
        assert_eq!(plan.indexes, ["tasks_by_idempotency_key"], "{mode}: {}", plan.text);
    }
}

#[test]
fn a_search_reads_the_rows_of_its_user_alone() {
    let parameters = ["'''mil'':*'", "'''mil'''", "false", "10"];
    let plan = plan(MODES[0], &statement("search-tasks", "select_matches"), &parameters);
    assert!(!plan.indexes.is_empty(), "{}", plan.text);
}

#[test]
fn an_overview_reads_the_rows_of_its_user_alone() {
    let parameters = ["'2026-06-01Z'", "'2026-06-01Z'", "'2026-06-02Z'", "'2026-06-09Z'"];
    let plan = plan(MODES[0], &statement("overview", "select_overview"), &parameters);
    assert!(plan.indexes.len() >= 5, "{}", plan.text);
    assert!(plan.indexes.iter().any(|index| index == "tasks_done_by_completion"), "{}", plan.text);
}

#[test]
fn no_statement_of_the_app_is_compiled() {
    let off = "SELECT count(*) FROM pg_db_role_setting AS s JOIN pg_roles AS r ON r.oid = s.setrole
        WHERE 'jit=off' = ANY (setconfig) AND rolname IN ('todo_app', 'todo_identity')";
    assert_eq!(Store::shared().as_owner(off), "2");
}
