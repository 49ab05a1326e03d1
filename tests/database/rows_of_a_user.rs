//! Statements read few rows also where the statistics know of users with few tasks only, and one has thousands.

use std::fs;

use harness::repository;
use scratch_postgres::ScratchPostgres;
use serde_json::{Value, json};
use task_model::types::TaskStatus;
use task_rows::StatementVariant;

use crate::plan::NO_FILTER;
use crate::statement::{Named, statement};
use crate::store::{USER, sorted};

const DATABASE: &str = "few";

/// How many tasks one user has in the end.
const MANY: u64 = 3000;

fn tasks(user: &str, count: u64) -> String {
    format!(
        "INSERT INTO todo.tasks (user_id, id, title, title_key, due_on, time_zone, due_by, created_at, updated_at, title_words,
            label_words, notes_words)
        SELECT {user}, gen_random_uuid(), 'task ' || n, 'task ' || n, date '2027-01-01' + n, 'UTC',
            (date '2027-01-02' + n)::timestamp AT TIME ZONE 'UTC' - interval '1 microsecond', timestamptz '2026-01-01Z',
            timestamptz '2026-01-01Z', '', '', ''
        FROM generate_series(1, {count}::integer) AS n;"
    )
}

/// A server with the app's schema, whose statistics stay as they are.
fn start_empty() -> ScratchPostgres {
    let server = ScratchPostgres::start().unwrap();
    server.create_database(DATABASE).unwrap();
    for migration in sorted(&repository().join("migrations"), ".up.sql") {
        server.sql(DATABASE, &fs::read_to_string(&migration).unwrap()).unwrap();
    }
    server.sql(DATABASE, "ALTER TABLE todo.tasks SET (autovacuum_enabled = false)").unwrap();
    server
}

/// A server whose statistics were taken while each of its users had one task.
fn start() -> ScratchPostgres {
    let server = start_empty();
    let sql = [
        tasks("gen_random_uuid()", 300),
        "ANALYZE todo.tasks;".to_owned(),
        tasks(&format!("'{USER}'"), MANY),
    ];
    server.sql(DATABASE, &sql.concat()).unwrap();
    server
}

/// The most rows that one node of the plan read.
fn most_read(node: &Value) -> u64 {
    let number = |name: &str| node[name].as_f64().unwrap_or_default();
    let rows = number("Actual Rows") + number("Rows Removed by Filter");
    let is_read = node["Relation Name"] == "tasks" && node["Node Type"] != "ModifyTable";
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
    let own = if is_read { (rows * number("Actual Loops")) as u64 } else { 0 };
    let below = node["Plans"].as_array().into_iter().flatten().map(most_read).max();
    own.max(below.unwrap_or_default())
}

/// Runs a statement for the user, and tells what [`most_read`] does of its plan.
fn explain(server: &ScratchPostgres, statement: &Named, given: &[(&str, &str)]) -> u64 {
    let (prepare, execute) = prepared(statement, given);
    read_of(server, &format!("SET ROLE todo_app; {prepare}; EXPLAIN (ANALYZE, FORMAT JSON) {execute}"))
}

/// What prepares a statement, and what runs it for the user.
fn prepared(statement: &Named, given: &[(&str, &str)]) -> (String, String) {
    let literals = [&[&*format!("'{USER}'")], &statement.literals(given)[..]].concat().join(", ");
    (format!("PREPARE s AS {}", statement.sql), format!("EXECUTE s({literals})"))
}

/// What [`most_read`] says of the plan that SQL explains.
fn read_of(server: &ScratchPostgres, sql: &str) -> u64 {
    let plan: Value = serde_json::from_str(&server.sql(DATABASE, sql).unwrap()).unwrap();
    most_read(&plan[0]["Plan"])
}

/// The changes of many, and what they are given.
fn changes_of_many() -> ([Named; 2], Vec<(&'static str, &'static str)>) {
    let variant = StatementVariant { status: TaskStatus::Open, by_id: false };
    let statements = [
        Named::from(complete_tasks::complete_tasks::STATEMENT.choose(variant)),
        Named::from(delete_tasks::delete_tasks::STATEMENT.choose(variant)),
    ];
    let rest = [("ids", "NULL"), ("most_changed", "1000"), ("most_answered", "100")];
    (statements, [&NO_FILTER[..], &rest].concat())
}

#[test]
fn a_change_of_a_thousand_reads_each_task_a_few_times() {
    let server = start();
    let (statements, given) = changes_of_many();
    for statement in statements {
        let read = explain(&server, &statement, &given);
        assert!((1000..=2 * MANY).contains(&read), "{read}: {}", statement.sql);
    }
}

#[test]
fn so_does_one_that_was_planned_while_there_were_few_tasks() {
    let (statements, given) = changes_of_many();
    for statement in statements {
        let server = start_empty();
        server.sql(DATABASE, &tasks(&format!("'{USER}'"), 3)).unwrap();
        let (prepare, execute) = prepared(&statement, &given);
        // A connection keeps its plan until statistics are taken.
        let sql = format!(
            "SET plan_cache_mode = force_generic_plan; {prepare};
            SET ROLE todo_app; CREATE TEMPORARY TABLE planned AS {execute}; RESET ROLE;
            {}
            SET ROLE todo_app; EXPLAIN (ANALYZE, FORMAT JSON) {execute}",
            tasks(&format!("'{USER}'"), MANY)
        );
        let read = read_of(&server, &sql);
        assert!((1000..=2 * MANY).contains(&read), "{read}: {}", statement.sql);
    }
}

#[test]
fn an_import_looks_for_each_title_by_itself() {
    let server = start();
    let entries: Vec<Value> = (1..=250)
        .map(|number| {
            json!({ "id": format!("01900000-0100-7000-8000-{number:012x}"), "title": format!("task {number}"),
                "title_key": format!("task {number}"), "due_by": "infinity", "priority": 3, "labels": [],
                "title_words": "", "label_words": "", "notes_words": "" })
        })
        .collect();
    let entries = format!("'{}'", Value::from(entries));
    let read = explain(&server, &statement("import-tasks", "import_tasks"), &[("entries", &entries)]);
    assert!((250..=2 * MANY).contains(&read), "{read}");
}
