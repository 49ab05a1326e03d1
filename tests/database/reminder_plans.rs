//! Reminders are found by an index, however many there are.

use std::fs;

use harness::repository;

use crate::plan::{MODES, plan};
use crate::statement::{Named, statement};
use crate::store::Store;

/// A reminder of the user whose rows the tests look at.
const REMINDER: &str = "'01920000-0101-7000-8000-00000000002a'";

/// A statement of the sender.
fn read_statement(name: &str) -> Named {
    let path =
        repository().join("components/endpoints/reminder-sender/src/delivery").join(format!("{name}.sql"));
    Named::from_text(&fs::read_to_string(path).unwrap())
}

#[track_caller]
fn reads(statement: &Named, given: &[(&str, &str)], indexes: &[&str]) {
    for mode in MODES {
        let plan = plan(mode, statement.clone(), given);
        let mut found = plan.indexes.clone();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, indexes, "{mode}: {}", plan.text);
    }
}

#[test]
fn the_reminders_of_a_task_are_found_by_it() {
    let indexes = ["reminders_by_task", "tasks_pkey"];
    reads(&statement("list-reminders", "select_of_task"), &[("state", "NULL")], &indexes);
    reads(&statement("add-reminder", "insert_reminder"), &[], &indexes);
}

#[test]
fn those_of_a_state_are_read_in_their_order() {
    for name in ["select_waiting", "select_past"] {
        let statement = statement("list-reminders", name);
        reads(&statement, &[], &["reminders_by_state", "tasks_pkey"]);
        for mode in MODES {
            let plan = plan(mode, statement.clone(), &[]);
            assert!(plan.nodes.iter().all(|node| node != "Sort"), "{name} {mode}: {}", plan.text);
        }
    }
}

#[test]
fn one_is_cancelled_and_finished_by_its_key() {
    let cancelled = statement("cancel-reminder", "delete_reminder");
    reads(&cancelled, &[("id", REMINDER)], &["reminders_pkey", "tasks_pkey"]);
    let given =
        [("id", REMINDER), ("next_at", "NULL"), ("sent_at", "NULL"), ("failure", "NULL"), ("remind_at", "0")];
    reads(
        &read_statement("finish_reminder"),
        &[&given[..], &[("attempts", "1")]].concat(),
        &["reminders_pkey"],
    );
}

#[test]
fn a_sender_finds_what_is_due_by_an_index_of_its_own() {
    let given = [("too_late", "'2026-01-01Z'"), ("lease_ends", "'2026-06-01Z'"), ("limit", "16")];
    let statement = read_statement("take_reminders");
    for mode in MODES {
        let plan = plan(mode, statement.clone(), &given);
        assert!(plan.indexes.iter().any(|index| index == "reminders_to_do"), "{mode}: {}", plan.text);
        let expected = ["reminders_to_do", "reminders_pkey", "tasks_pkey", "webhooks_pkey"];
        assert!(plan.indexes.iter().all(|index| expected.contains(&index.as_str())), "{mode}: {}", plan.text);
    }
}

#[test]
fn whose_reminders_are_due_is_read_in_the_order_in_which_they_are() {
    let store = Store::shared();
    let text = store.as_owner("SELECT prosrc FROM pg_proc WHERE proname = 'users_to_remind'");
    let query = text.replace("<= now", "<= timestamptz '2027-06-01Z'").replace("LIMIT most", "LIMIT 500");
    assert_ne!(query, text);
    let plan = store.as_owner(&format!("EXPLAIN {query}"));
    assert!(plan.contains("reminders_next"), "{plan}");
    assert!(!plan.contains("Seq Scan") && !plan.contains("may_access"), "{plan}");
}
