//! Every list order and filter that a door can cause is read from an index of the user's rows.

use list_tasks::filters::Filters;
use list_tasks::order::Order;
use serde_json::Value;
use task_model::Named;
use task_model::types::{SortDirection, TaskSort, TaskStatus};
use task_rows::Shape;

use crate::store::{Store, USER, statement};

/// What a plan does with the tasks.
#[derive(Debug)]
struct Plan {
    text: String,
    indexes: Vec<String>,
    nodes: Vec<String>,
}

/// How PostgreSQL plans a prepared statement: without looking at the values, as it does once the statement is cached,
/// or for the values.
const MODES: [&str; 2] = ["force_generic_plan", "force_custom_plan"];

/// The cost from which PostgreSQL compiles a statement (`jit_above_cost`), unless told not to.
const JIT_ABOVE: f64 = 100_000.0;

fn plan(mode: &str, statement: &str, parameters: &[&str]) -> Plan {
    let text = Store::shared().execute(mode, "EXPLAIN (FORMAT JSON)", statement, parameters).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    let mut plan = Plan { text, indexes: Vec::new(), nodes: Vec::new() };
    let cost = json[0]["Plan"]["Total Cost"].as_f64().unwrap();
    assert!(cost < JIT_ABOVE, "a server would compile this before running it: {}", plan.text);
    collect(&json[0]["Plan"], &mut plan);
    plan
}

fn collect(node: &Value, plan: &mut Plan) {
    let kind = node["Node Type"].as_str().unwrap();
    if let Some(index) = node["Index Name"].as_str() {
        let condition = node["Index Cond"].as_str().unwrap_or_default();
        assert!(condition.contains("user_id = "), "the index is not limited to the user: {node:#}");
        plan.indexes.push(index.to_owned());
    }
    assert!(kind != "Seq Scan" || node["Relation Name"] != "tasks", "reads the whole table: {node:#}");
    plan.nodes.push(kind.to_owned());
    for child in node["Plans"].as_array().into_iter().flatten() {
        collect(child, plan);
    }
}

/// The limit of a page without filters.
const LIMIT: [&str; 1] = ["21"];
/// Limit, due from and to, priority, label, words, not overdue at.
const NO_FILTER: [&str; 7] = ["21", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL"];
const ALL_FILTERS: [&str; 7] = [
    "21",
    "'2026-03-01T00:00:00Z'",
    "'2026-09-01T00:00:00Z'",
    "2",
    "'home'",
    "'''mil'':*'",
    "'2026-06-01T00:00:00Z'",
];

fn positions(sort: TaskSort) -> &'static [&'static str] {
    const ID: &str = "'01900000-0100-7000-8000-00000000002a'";
    match sort {
        TaskSort::Due | TaskSort::Updated => &["'2026-05-01T00:00:00Z'", ID],
        TaskSort::Priority => &["2", "'2026-05-01T00:00:00Z'", ID],
        TaskSort::Created => &[ID],
        TaskSort::Title => &["'task m'", ID],
    }
}

/// The position before all tasks, where the first page begins.
fn beginning(order: Order) -> &'static [&'static str] {
    const FIRST: &str = "'00000000-0000-0000-0000-000000000000'";
    const LAST: &str = "'ffffffff-ffff-ffff-ffff-ffffffffffff'";
    match (order.direction, order.sort) {
        (SortDirection::Ascending, TaskSort::Due | TaskSort::Updated) => &["'-infinity'", FIRST],
        (SortDirection::Ascending, TaskSort::Priority) => &["0", "'-infinity'", FIRST],
        (SortDirection::Ascending, TaskSort::Created) => &[FIRST],
        (SortDirection::Ascending, TaskSort::Title) => &["''", FIRST],
        (SortDirection::Descending, TaskSort::Due | TaskSort::Updated) => &["'infinity'", LAST],
        (SortDirection::Descending, TaskSort::Priority) => &["32767", "'infinity'", LAST],
        (SortDirection::Descending, TaskSort::Created) => &[LAST],
        (SortDirection::Descending, TaskSort::Title) => &["'\u{10FFFF}'", LAST],
    }
}

fn orders() -> impl Iterator<Item = Order> {
    TaskStatus::NAMES.iter().flat_map(|(status, _)| {
        TaskSort::NAMES.iter().flat_map(|(sort, _)| {
            SortDirection::NAMES.iter().map(|(direction, _)| Order {
                status: *status,
                sort: *sort,
                direction: *direction,
            })
        })
    })
}

#[test]
fn every_order_with_and_without_filters_is_read_from_its_index_and_never_sorted() {
    for order in orders() {
        for (filters, given, mode) in [
            (Filters::Absent, &LIMIT[..], MODES[0]),
            (Filters::Absent, &LIMIT[..], MODES[1]),
            (Filters::Present, &NO_FILTER[..], MODES[0]),
            (Filters::Present, &NO_FILTER[..], MODES[1]),
            (Filters::Present, &ALL_FILTERS[..], MODES[0]),
        ] {
            let plan = plan(mode, &order.statement(filters), &[given, positions(order.sort)].concat());
            assert_eq!(plan.indexes.len(), 1, "{order:?}: {}", plan.text);
            assert!(
                !plan.nodes.iter().any(|node| node.contains("Sort")),
                "{order:?} is sorted: {}",
                plan.text
            );
            let index = &plan.indexes[0];
            let expected: &[&str] = match (order.sort, order.status) {
                (TaskSort::Due, TaskStatus::Open) => &["tasks_open_by_due"],
                (TaskSort::Due, _) => &["tasks_by_due"],
                (TaskSort::Priority, TaskStatus::Open) => &["tasks_open_by_priority"],
                (TaskSort::Priority, _) => &["tasks_by_priority"],
                (TaskSort::Created, _) => &["tasks_pkey"],
                (TaskSort::Updated, _) => &["tasks_by_update"],
                (TaskSort::Title, _) => &["tasks_by_title"],
            };
            assert!(expected.contains(&index.as_str()), "{order:?} reads {index}: {}", plan.text);
        }
    }
}

#[test]
fn a_page_far_in_starts_where_the_one_before_ended() {
    let order = Order { status: TaskStatus::All, sort: TaskSort::Due, direction: SortDirection::Ascending };
    let plan = plan(MODES[0], &order.statement(Filters::Absent), &[&LIMIT, positions(order.sort)].concat());
    assert!(plan.text.contains("ROW(due_by, id) > ROW("), "{}", plan.text);
    let condition = plan.text.lines().find(|line| line.contains("Index Cond")).unwrap();
    assert!(condition.contains("ROW(due_by, id) > ROW("), "{condition}");
}

#[test]
fn the_first_page_without_filters_is_planned_once_for_a_connection() {
    // PostgreSQL plans a prepared statement five times for its values before it compares.
    const CALLS: usize = 10;
    for order in orders() {
        let statement = order.statement(Filters::Absent);
        let parameters = [&[&*format!("'{USER}'")], &LIMIT[..], beginning(order)].concat().join(", ");
        let calls = format!("EXECUTE s({parameters}); ").repeat(CALLS);
        let printed = Store::shared()
            .as_app(&format!(
                "PREPARE s AS {statement}; {calls} SELECT generic_plans FROM pg_prepared_statements"
            ))
            .unwrap();
        let generic: usize = printed.lines().last().unwrap().parse().unwrap();
        assert_eq!(generic, CALLS - 5, "{order:?}");
    }
}

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
            let parameters =
                [selection("250", &filters, shape), vec![positions(TaskSort::Created)[0]]].concat();
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
fn an_addition_finds_the_one_before_by_its_idempotency_key() {
    for (mode, key, fingerprint) in MODES.iter().flat_map(|mode| [(mode, "''", "NULL"), (mode, "'k'", "'f'")])
    {
        let parameters = [
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
        ];
        let plan = plan(mode, &statement("add-task", "insert_task"), &parameters);
        assert_eq!(plan.indexes, ["tasks_by_idempotency_key"], "{mode} {key}: {}", plan.text);
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
