//! Every order of a list that an endpoint can cause is read from an index of the user's rows.

use list_tasks::filters::Filters;
use list_tasks::order::Order;
use task_model::Named;
use task_model::types::{SortDirection, TaskSort, TaskStatus};

use crate::plan::{ALL_FILTERS, MODES, NO_FILTER, plan};
use crate::store::{Store, USER};

/// The limit of a page without filters.
const LIMIT: [&str; 1] = ["21"];

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
