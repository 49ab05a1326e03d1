//! Every statement of a component names the user it acts for.

use std::fs;
use std::path::{Path, PathBuf};

use harness::repository;

use crate::store::sorted;

/// Statements that act for no signed-in user: folders (all that is in them) and files, below `components`.
const OF_NO_USER: [&str; 7] = [
    "crates/audit-events",
    "endpoints/identity",
    "endpoints/oauth",
    "endpoints/calendar-feed/src/store/find_feed.sql",
    "endpoints/health",
    "endpoints/reminder-sender/src/delivery/select_users.sql",
    "verify-token",
];

fn statements() -> Vec<(PathBuf, String)> {
    let components = repository().join("components");
    sorted(&components, ".sql")
        .into_iter()
        .map(|path| (path.strip_prefix(&components).unwrap().to_owned(), fs::read_to_string(&path).unwrap()))
        .filter(|(path, _)| !OF_NO_USER.iter().any(|exempt| path.starts_with(Path::new(exempt))))
        .collect()
}

/// The statement as PostgreSQL takes it, without comments.
fn code(sql: &str) -> String {
    sql_template::numbered(sql)
        .lines()
        .map(|line| line.split("--").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn every_statement_acts_for_a_user_and_names_the_user() {
    let statements = statements();
    assert!(statements.len() >= 12, "found only {}", statements.len());
    for (path, sql) in statements {
        let code = code(&sql);
        assert!(code.contains("set_config('todo.user_id', $1, true)"), "{} acts for nobody", path.display());
        // Once where it is set, and at least once where rows are limited to it.
        assert!(
            code.matches("user_id").count() >= 4,
            "{} does not limit its rows to the user",
            path.display()
        );
    }
}

#[test]
fn a_tool_binds_parameters_by_their_names() {
    for (path, sql) in statements().iter().filter(|(path, _)| path.starts_with("tools")) {
        assert!(!sql_template::has_numbers(sql), "{} has $1: write :user_id and so on", path.display());
    }
}

#[test]
fn the_columns_of_a_task_have_one_source() {
    let components = repository().join("components");
    for ending in [".sql", ".rs"] {
        for path in sorted(&components, ending) {
            let text = fs::read_to_string(&path).unwrap();
            let is_source = path.ends_with("crates/task-rows/src/task.rs");
            let lists = text.contains("extract(epoch FROM due_at)");
            assert_eq!(lists, is_source, "{}: write {{task_columns}} instead", path.display());
        }
    }
}

#[test]
fn every_file_holds_one_statement() {
    for (path, sql) in statements() {
        let code = code(&sql);
        let ends = code.trim_end().trim_end_matches(';').matches(';').count();
        assert_eq!(ends, 0, "{} holds several statements", path.display());
    }
}

#[test]
fn only_one_crate_opens_postgresql() {
    let components = repository().join("components");
    for path in sorted(&components, ".rs") {
        let code = fs::read_to_string(&path).unwrap();
        let inside = path.strip_prefix(&components).unwrap().starts_with("crates/user-database");
        assert!(inside || !code.contains("spin_sdk::pg"), "{} opens PostgreSQL by itself", path.display());
    }
}
