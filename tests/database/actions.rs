//! What was done to tasks is found by an index, and every column of a task is put back or said not to be.

use task_actions::{REDO, UNDO};

use crate::plan::{MODES, plan};
use crate::statement::statement;
use crate::store::Store;

const INDEXES: [&str; 6] = [
    "task_events_by_transaction",
    "task_events_by_task",
    "task_versions_pkey",
    "turned_actions_pkey",
    "tasks_pkey",
    "lists_pkey",
];

#[test]
fn the_latest_are_read_by_keys() {
    for mode in MODES {
        let plan = plan(mode, statement("list-actions", "select_actions"), &[]);
        assert!(plan.indexes.iter().all(|index| INDEXES.contains(&index.as_str())), "{}", plan.text);
    }
}

#[test]
fn one_is_taken_back_and_done_again_by_keys() {
    for turn in [&UNDO, &REDO] {
        for mode in MODES {
            let plan = plan(mode, turn, &[]);
            let others = ["tasks_by_parent", "task_occurrences_pkey", "task_occurrences_by_completion"];
            let is_known =
                |index: &String| INDEXES.contains(&index.as_str()) || others.contains(&index.as_str());
            assert!(plan.indexes.iter().all(is_known), "{}", plan.text);
        }
    }
}

/// What a task gets for itself with each change, or keeps as long as it is there.
const NOT_PUT_BACK: [&str; 7] =
    ["user_id", "id", "version", "created_at", "updated_at", "idempotency_key", "fingerprint"];

#[test]
fn every_column_of_a_task_is_put_back() {
    let store = Store::shared();
    let columns = store.as_owner(
        "SELECT attname FROM pg_attribute
         WHERE attrelid = 'todo.tasks'::regclass AND attnum > 0 AND NOT attisdropped",
    );
    for column in columns.lines().map(str::trim).filter(|column| !NOT_PUT_BACK.contains(column)) {
        assert!(
            UNDO.sql.contains(&format!("{column} = state.{column}")),
            "{column} is not in turn_action.sql"
        );
    }
}
