//! What was done to tasks is found by an index.

use crate::plan::{MODES, plan};
use crate::statement::statement;

#[test]
fn the_latest_are_read_by_keys() {
    for mode in MODES {
        let plan = plan(mode, statement("list-actions", "select_actions"), &[]);
        let is_key = |index: &String| ["actions_pkey", "tasks_pkey"].contains(&index.as_str());
        assert!(plan.indexes.iter().all(is_key), "{}", plan.text);
    }
}
