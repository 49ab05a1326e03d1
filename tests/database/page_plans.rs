//! Every order of a list that an endpoint can cause is read from an index of the user's rows.

use list_tasks::filters::Filters;
use list_tasks::order::Order;
use task_model::Named as _;
use task_model::types::{SortDirection, TaskSort, TaskStatus};

use crate::plan::{ALL_FILTERS, Given, MODES, NO_FILTER, plan};
use crate::statement::{ID, LIST, Named};
use crate::store::{Store, USER};

const LIMIT: Given = ("limit", "21");

/// A position somewhere in the list.
fn position(sort: TaskSort) -> &'static [Given] {
    const AFTER: Given = ("after_id", ID);
    match sort {
        TaskSort::Due => &[("after_due_by", "'2026-05-01T00:00:00Z'"), AFTER],
        TaskSort::Updated => &[("after_updated_at", "'2026-05-01T00:00:00Z'"), AFTER],
        TaskSort::Priority => &[("after_priority", "2"), ("after_due_by", "'2026-05-01T00:00:00Z'"), AFTER],
        TaskSort::Created => &[AFTER],
        TaskSort::Title => &[("after_title_key", "'task m'"), AFTER],
    }
}

/// The position before all tasks, where the first page begins.
fn beginning(order: Order) -> &'static [Given] {
    const FIRST: Given = ("after_id", "'00000000-0000-0000-0000-000000000000'");
    const LAST: Given = ("after_id", "'ffffffff-ffff-ffff-ffff-ffffffffffff'");
    match (order.direction, order.sort) {
        (SortDirection::Ascending, TaskSort::Due) => &[("after_due_by", "'-infinity'"), FIRST],
        (SortDirection::Ascending, TaskSort::Updated) => &[("after_updated_at", "'-infinity'"), FIRST],
        (SortDirection::Ascending, TaskSort::Priority) => {
            &[("after_priority", "0"), ("after_due_by", "'-infinity'"), FIRST]
        }
        (SortDirection::Ascending, TaskSort::Created) => &[FIRST],
        (SortDirection::Ascending, TaskSort::Title) => &[("after_title_key", "''"), FIRST],
        (SortDirection::Descending, TaskSort::Due) => &[("after_due_by", "'infinity'"), LAST],
        (SortDirection::Descending, TaskSort::Updated) => &[("after_updated_at", "'infinity'"), LAST],
        (SortDirection::Descending, TaskSort::Priority) => {
            &[("after_priority", "32767"), ("after_due_by", "'infinity'"), LAST]
        }
        (SortDirection::Descending, TaskSort::Created) => &[LAST],
        (SortDirection::Descending, TaskSort::Title) => &[("after_title_key", "'\u{10FFFF}'"), LAST],
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
    let no_filter = without("list_id", &NO_FILTER);
    let all_filters = without("list_id", &ALL_FILTERS);
    for order in orders() {
        for (filters, given, mode) in [
            (Filters::Absent, &[][..], MODES[0]),
            (Filters::Absent, &[][..], MODES[1]),
            (Filters::Present, &no_filter[..], MODES[0]),
            (Filters::Present, &no_filter[..], MODES[1]),
            (Filters::Present, &all_filters[..], MODES[0]),
        ] {
            let given = [&[LIMIT], given, position(order.sort)].concat();
            let plan = plan(mode, &*order.statement(filters), &given);
            assert_eq!(plan.indexes.len(), 1, "{order:?}: {}", plan.text);
            assert_eq!(plan.subtask_lookups, 1, "{order:?}: {}", plan.text);
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

/// Without what the text of a statement does not name.
fn without(name: &str, given: &[Given]) -> Vec<Given> {
    given.iter().copied().filter(|(other, _)| *other != name).collect()
}

#[test]
fn a_page_of_one_list_is_read_by_an_index_and_by_due_time_that_list_alone() {
    for order in orders() {
        for filter in [&NO_FILTER, &ALL_FILTERS] {
            let filter = [without("in_inbox", &without("list_id", filter)), vec![("list_id", LIST)]].concat();
            let given = [&[LIMIT], &filter[..], position(order.sort)].concat();
            let plan = plan(MODES[1], &*order.statement(Filters::OfOneList), &given);
            assert_eq!(plan.indexes.len(), 1, "{order:?}: {}", plan.text);
            // In other orders PostgreSQL may as well sort what is in the list, or follow the order and leave the rest out.
            let is_sorted = plan.nodes.iter().any(|node| node.contains("Sort"));
            let is_read_in_order = plan.indexes == ["tasks_by_list"] && !is_sorted;
            assert!(is_read_in_order || order.sort != TaskSort::Due, "{order:?}: {}", plan.text);
        }
    }
}

#[test]
fn the_subtasks_of_one_task_are_read_by_the_index_of_parents() {
    const PARENT: &str = "'01900000-0007-7000-8000-00000000002a'";
    let filter = [without("parent_id", &NO_FILTER), vec![("parent_id", PARENT)]].concat();
    for (order, mode) in orders().flat_map(|order| MODES.map(|mode| (order, mode))) {
        let given = [&[LIMIT], &filter[..], beginning(order)].concat();
        let plan = plan(mode, &*order.statement(Filters::OfOneParent), &given);
        assert_eq!((plan.indexes.len(), plan.subtask_lookups), (0, 2), "{order:?}: {}", plan.text);
    }
}

#[test]
fn a_page_far_in_starts_where_the_one_before_ended() {
    let order = Order { status: TaskStatus::All, sort: TaskSort::Due, direction: SortDirection::Ascending };
    let given = [&[LIMIT], position(order.sort)].concat();
    let plan = plan(MODES[0], &*order.statement(Filters::Absent), &given);
    assert!(plan.text.contains("ROW(due_by, id) > ROW("), "{}", plan.text);
    let mut conditions = plan.text.lines().filter(|line| line.contains("Index Cond"));
    assert!(conditions.any(|condition| condition.contains("ROW(due_by, id) > ROW(")), "{}", plan.text);
}

#[test]
fn the_first_page_without_filters_is_planned_once_for_a_connection() {
    // PostgreSQL plans a prepared statement five times for its values before it compares.
    const CALLS: usize = 10;
    for order in orders() {
        let statement = Named::from(&*order.statement(Filters::Absent));
        let literals = statement.literals(&[&[LIMIT], beginning(order)].concat());
        let user = format!("'{USER}'");
        let parameters = [&[user.as_str()], &literals[..]].concat().join(", ");
        let sql = statement.sql;
        let calls = format!("EXECUTE s({parameters}); ").repeat(CALLS);
        let printed = Store::shared()
            .as_app(&format!("PREPARE s AS {sql}; {calls} SELECT generic_plans FROM pg_prepared_statements"))
            .unwrap();
        let generic: usize = printed.lines().last().unwrap().parse().unwrap();
        assert_eq!(generic, CALLS - 5, "{order:?}");
    }
}
