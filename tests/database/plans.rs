//! Every statement of a tool but the list's is read from an index of the user's rows.

use task_model::Named as _;
use task_model::types::TaskStatus;
use task_rows::StatementVariant;

use crate::plan::{ALL_FILTERS, Given, MODES, NO_FILTER, plan};
use crate::statement::{ID, IDS, LIST, list_statements_of_one_text, statement};
use crate::store::Store;

/// What `plan` asserts of each plan is the promise; a new tool's statement is among them without a word here.
#[test]
fn every_statement_of_a_tool_reads_rows_of_its_user_alone_and_by_an_index() {
    let statements = list_statements_of_one_text();
    assert!(statements.len() >= tool_catalog::NAMES.len() - 4, "{statements:?}");
    for (name, statement) in statements {
        for mode in MODES {
            let plan = plan(mode, statement.clone(), &[]);
            let reads = plan.indexes.len() + plan.list_indexes.len();
            assert!(reads > 0 || name == "insert_task", "{name}: {}", plan.text);
        }
    }
}

#[test]
fn a_statement_about_one_task_finds_it_by_its_key() {
    let about_one = |sql: &str| {
        !sql.contains("UPDATE todo.lists")
            && !sql.contains("todo.reminders")
            && sql.contains(" id = $2::uuid")
    };
    let statements: Vec<_> =
        list_statements_of_one_text().into_iter().filter(|(_, found)| about_one(&found.sql)).collect();
    assert!(statements.len() >= 5, "{statements:?}");
    for (name, statement) in statements {
        for mode in MODES {
            let plan = plan(mode, statement.clone(), &[("id", ID)]);
            assert!(plan.indexes.iter().all(|index| is_key(index)), "{name}: {}", plan.text);
        }
    }
}

/// The key of the tasks, or of their completed occurrences.
fn is_key(index: &str) -> bool {
    matches!(index, "tasks_pkey" | "task_occurrences_pkey")
}

/// A key, or the index of the occurrences that were completed last.
fn is_key_or_last(index: &str) -> bool {
    is_key(index) || index == "task_occurrences_by_completion"
}

fn variants() -> impl Iterator<Item = StatementVariant> {
    let with_and_without = |(status, _): &(TaskStatus, &str)| {
        [false, true].map(|by_id| StatementVariant { status: *status, by_id })
    };
    TaskStatus::NAMES.iter().flat_map(with_and_without)
}

/// The filters, and ids where the variant has them.
fn selection(filters: &[Given], variant: StatementVariant) -> Vec<Given> {
    [filters, &[("ids", if variant.by_id { IDS } else { "NULL" })]].concat()
}

#[test]
fn a_list_that_is_deleted_finds_its_tasks_by_its_index() {
    for mode in MODES {
        let plan = plan(mode, statement("delete-list", "delete_list"), &[("id", LIST)]);
        assert!(plan.indexes.iter().all(|index| index == "tasks_by_list"), "{}", plan.text);
        assert!(!plan.indexes.is_empty(), "{}", plan.text);
    }
}

#[test]
fn the_counts_of_all_lists_are_read_at_once() {
    for mode in MODES {
        let plan = plan(mode, statement("list-lists", "select_lists"), &[]);
        assert_eq!(plan.indexes.len(), 1, "{}", plan.text);
        assert!(plan.indexes[0].starts_with("tasks_open_"), "{}", plan.text);
    }
}

#[test]
fn an_export_goes_on_by_the_key() {
    for variant in variants() {
        for (filters, mode) in [(NO_FILTER, MODES[0]), (NO_FILTER, MODES[1]), (ALL_FILTERS, MODES[0])] {
            let given = [selection(&filters, variant), vec![("limit", "250"), ("after", ID)]].concat();
            let plan = plan(mode, export_tasks::select_batch::STATEMENT.choose(variant), &given);
            assert_eq!(plan.indexes.len(), 1, "{variant:?}: {}", plan.text);
            let is_sorted = plan.nodes.iter().any(|node| node.contains("Sort"));
            // Where hardly more is open, or done, than a batch holds, all of it may be read and sorted.
            let few = match variant.status {
                TaskStatus::Open => plan.indexes[0].starts_with("tasks_open_"),
                TaskStatus::Done => plan.indexes[0].starts_with("tasks_done_"),
                TaskStatus::All => false,
            };
            assert!(few || plan.indexes == ["tasks_pkey"], "{variant:?}: {}", plan.text);
            assert!(few || variant.by_id || !is_sorted, "{variant:?} is sorted: {}", plan.text);
        }
    }
}

#[test]
fn a_change_of_many_finds_them_by_an_index_and_changes_them_where_they_were_read() {
    for variant in variants() {
        for tool in ["complete-tasks", "delete-tasks"] {
            for (filters, mode) in MODES.iter().flat_map(|mode| [(NO_FILTER, mode), (ALL_FILTERS, mode)]) {
                let rest = [("most_changed", "1000"), ("dry_run", "false"), ("most_answered", "100")];
                let given = [&selection(&filters, variant)[..], &rest].concat();
                let plan = match tool {
                    "delete-tasks" => {
                        plan(mode, delete_tasks::delete_tasks::STATEMENT.choose(variant), &given)
                    }
                    _ => plan(mode, complete_tasks::complete_tasks::STATEMENT.choose(variant), &given),
                };
                assert!(plan.indexes.len() >= 2, "{tool} {variant:?}: {}", plan.text);
                // Each level of what is below is looked for once, for all tasks above it.
                let levels = if tool == "delete-tasks" { 4 } else { 8 };
                assert_eq!(plan.subtask_lookups, levels + 1, "{tool} {variant:?}: {}", plan.text);
                let by_place = plan.nodes.iter().any(|node| node == "Tid Scan");
                assert!(by_place, "{tool} {variant:?}: {}", plan.text);
                // The index of lists ends with the id, too.
                let is_by_id = |index: &String| is_key_or_last(index) || index == "tasks_by_list";
                let by_key = plan.indexes.iter().all(is_by_id);
                assert!(by_key || !variant.by_id, "{tool} {variant:?} passes over ids: {}", plan.text);
            }
        }
    }
}

#[test]
fn the_repeating_tasks_among_many_are_found_by_an_index_of_their_own() {
    for variant in variants().filter(|variant| variant.status == TaskStatus::Open) {
        for (filters, mode) in MODES.iter().flat_map(|mode| [(NO_FILTER, mode), (ALL_FILTERS, mode)]) {
            let given = [&selection(&filters, variant)[..], &[("most_changed", "1000")]].concat();
            let plan = plan(mode, complete_tasks::moves::STATEMENT.choose(variant), &given);
            let expected = |index: &str| is_key_or_last(index) || index == "tasks_open_repeating";
            assert!(plan.indexes.iter().all(|index| expected(index)), "{variant:?}: {}", plan.text);
        }
    }
}

#[test]
fn a_restoration_finds_its_tasks_by_their_key() {
    for mode in MODES {
        for is_deletion in ["true", "false"] {
            let given = [("ids", IDS), ("is_deletion", is_deletion)];
            let plan = plan(mode, statement("restore-tasks", "restore_tasks"), &given);
            assert!(plan.indexes.iter().all(|index| is_key(index)), "{}", plan.text);
        }
    }
}

#[test]
fn an_import_finds_the_like_of_a_task_by_its_title() {
    for mode in MODES {
        let plan = plan(mode, statement("import-tasks", "import_tasks"), &[]);
        assert!(plan.indexes.iter().any(|index| index == "tasks_by_title"), "{mode}: {}", plan.text);
    }
}

#[test]
fn an_addition_looks_for_nothing_but_a_parent() {
    for (mode, key, fingerprint) in
        MODES.iter().flat_map(|mode| [(mode, "NULL", "NULL"), (mode, "'k'", "'f'")])
    {
        let given = [("idempotency_key", key), ("fingerprint", fingerprint)];
        let plan = plan(mode, statement("task-addition", "insert_task"), &given);
        let parent: &[&str] = if *mode == MODES[0] { &["tasks_pkey"] } else { &[] };
        assert_eq!(plan.indexes, parent, "{mode} {key}: {}", plan.text);
    }
}

#[test]
fn an_addition_that_counts_reads_the_list_of_its_user_by_an_index() {
    for mode in MODES {
        let given = [("idempotency_key", "NULL"), ("fingerprint", "NULL"), ("max_tasks", "10000")];
        let plan = plan(mode, statement("task-addition", "insert_task_counted"), &given);
        // Where the values are not looked at, a parent may have to be found.
        let reads = if mode == MODES[0] { 2 } else { 1 };
        assert_eq!(plan.indexes.len(), reads, "{mode}: {}", plan.text);
        assert!(plan.nodes.iter().any(|node| node.contains("Limit")), "{mode}: {}", plan.text);
    }
}

#[test]
fn the_task_of_an_idempotency_key_is_found_by_it() {
    for mode in MODES {
        let plan = plan(mode, statement("task-addition", "select_task_by_key"), &[]);
        assert_eq!(plan.indexes, ["tasks_by_idempotency_key"], "{mode}: {}", plan.text);
    }
}

#[test]
fn an_overview_reads_the_rows_of_its_user_alone() {
    let plan = plan(MODES[0], statement("overview", "select_overview"), &[]);
    assert!(plan.indexes.len() >= 5, "{}", plan.text);
    assert!(plan.indexes.iter().any(|index| index == "tasks_done_by_completion"), "{}", plan.text);
}

#[test]
fn no_statement_of_the_app_is_compiled() {
    let off = "SELECT count(*) FROM pg_db_role_setting AS s JOIN pg_roles AS r ON r.oid = s.setrole
        WHERE 'jit=off' = ANY (setconfig) AND rolname IN ('todo_app', 'todo_identity')";
    assert_eq!(Store::shared().as_owner(off), "2");
}
