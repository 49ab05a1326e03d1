//! What MCP keeps between requests is found by an index, however much is kept for others.

use std::fs;
use std::sync::OnceLock;

use harness::repository;
use serde_json::Value;

use crate::store::{Store, USER, sorted};

/// 2,000 users with 25 rows in each table, and one more with the ids that the statements below name.
const FILL: &str = "
    CREATE TEMPORARY TABLE owners AS
        SELECT gen_random_uuid() AS user_id FROM generate_series(1, 2000)
        UNION ALL SELECT '00000000-0000-7000-8000-00000000002a';
    INSERT INTO todo.mcp_sessions (user_id, id, expires_at)
        SELECT user_id, gen_random_uuid(), now() + interval '1 day' FROM owners, generate_series(1, 25);
    INSERT INTO todo.mcp_streams (user_id, id, session_id, request_id, expires_at)
        SELECT user_id, gen_random_uuid(), gen_random_uuid(), '1', now() + interval '1 day'
        FROM owners, generate_series(1, 25);
    INSERT INTO todo.mcp_stream_events (user_id, stream_id, sequence, message)
        SELECT user_id, id, sequence, '{}' FROM todo.mcp_streams, generate_series(1, 3) AS sequence;
    INSERT INTO todo.mcp_questions (user_id, id, session_id, stream_id, expires_at)
        SELECT user_id, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), now() + interval '1 day'
        FROM owners, generate_series(1, 25);
    INSERT INTO todo.mcp_used_states (user_id, id, expires_at)
        SELECT user_id, gen_random_uuid(), now() + interval '1 day' FROM owners, generate_series(1, 25);
    INSERT INTO todo.mcp_tasks (user_id, id, status, tool, arguments, client, ttl_ms, expires_at)
        SELECT user_id, gen_random_uuid(), 'working', 'export_tasks', '{}', 0, 1, now() + interval '1 day'
        FROM owners, generate_series(1, 25);
    INSERT INTO todo.mcp_listeners (user_id, id, place, expires_at)
        SELECT user_id, gen_random_uuid(), place, now() + interval '1 day' FROM owners, generate_series(1, 25) AS place;
    INSERT INTO todo.mcp_call_windows (user_id, tool, started_at, calls)
        SELECT user_id, 'tool ' || number, now(), 1 FROM owners, generate_series(1, 12) AS number;
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at)
        SELECT user_id, gen_random_uuid(), 'todo.task.created', 1, 'r', now() FROM owners, generate_series(1, 100);
    ANALYZE todo.mcp_sessions, todo.mcp_streams, todo.mcp_stream_events, todo.mcp_questions, todo.mcp_used_states,
        todo.mcp_tasks, todo.mcp_listeners, todo.mcp_call_windows, todo.task_events;";

const ID: &str = "'01900000-0100-7000-8000-00000000002a'";
const IDS: &str = "'{01900000-0100-7000-8000-00000000002a}'";

/// Each statement, and literals for what follows the user.
const STATEMENTS: [(&str, &[&str]); 23] = [
    ("subscribe", &[ID, "'todo://agenda/today'", "true"]),
    ("set_log_level", &[ID, "'info'"]),
    ("read_mcp_session", &[ID]),
    ("open_stream", &[ID, ID, "'1'"]),
    ("append_event", &[ID, "1", "'{}'", "true"]),
    ("read_events", &[ID, ID, "0"]),
    ("cancel_request", &[ID, "'1'"]),
    ("create_requests", &[ID, ID, IDS]),
    ("record_response", &[ID, ID, "'{}'"]),
    ("read_responses", &[ID, IDS]),
    ("use_once", &[ID, "600"]),
    ("create_mcp_task", &[ID, "'t'", "'{}'", "0", "NULL", "'{}'", "1000", ID, "10"]),
    ("read_mcp_task", &[ID]),
    ("lease_mcp_task", &[ID, ID, "10"]),
    ("renew_mcp_task_lease", &[ID, ID, "10"]),
    ("finish_mcp_task_round", &[ID, ID, "'completed'", "NULL", "NULL", "'{}'"]),
    ("update_mcp_task", &[ID, "'{}'"]),
    ("cancel_mcp_task", &[ID]),
    ("open_listener", &[ID, "30", "30"]),
    ("renew_listener", &[ID, "30"]),
    ("close_listener", &[ID]),
    ("take_calls", &["'tool 1'", "1", "600"]),
    ("read_changes", &["'100:100:'"]),
];

fn filled() -> &'static Store {
    static FILLED: OnceLock<()> = OnceLock::new();
    let store = Store::shared();
    FILLED.get_or_init(|| drop(store.as_owner(FILL)));
    store
}

/// Where MCP's statements are.
fn statements() -> Vec<(String, String)> {
    ["components/crates/call-budget", "components/crates/mcp-spin", "components/endpoints/mcp"]
        .iter()
        .flat_map(|folder| sorted(&repository().join(folder), ".sql"))
        .map(|path| {
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap())
        })
        .collect()
}

fn check(name: &str, node: &Value) {
    let relation = node["Relation Name"].as_str().unwrap_or_default();
    assert_ne!(node["Node Type"], "Seq Scan", "{name} reads all of {relation}: {node:#}");
    if let Some(condition) = node["Index Cond"].as_str() {
        assert!(condition.contains("user_id = "), "{name}: the index is not limited to the user: {node:#}");
    }
    for child in node["Plans"].as_array().into_iter().flatten() {
        check(name, child);
    }
}

#[test]
fn every_statement_of_mcp_is_planned_here_and_finds_its_rows_by_an_index() {
    let store = filled();
    let found = statements();
    assert_eq!(found.len(), STATEMENTS.len(), "{:?}", found.iter().map(|(name, _)| name).collect::<Vec<_>>());
    for (name, sql) in found {
        let parameters =
            STATEMENTS.iter().find(|(known, _)| *known == name).map(|(_, parameters)| parameters);
        let parameters = parameters.unwrap_or_else(|| panic!("{name} has no parameters here"));
        for mode in ["force_generic_plan", "force_custom_plan"] {
            let text = store.execute(mode, "EXPLAIN (FORMAT JSON)", &sql, parameters).unwrap();
            check(&name, &serde_json::from_str::<Value>(&text).unwrap()[0]["Plan"]);
        }
    }
}

#[test]
fn a_change_is_told_once_and_none_is_missed_however_late_it_is_committed() {
    let store = filled();
    let changes = |since: &str| {
        let (_, sql) = statements().into_iter().find(|(name, _)| name == "read_changes").unwrap();
        store.execute("auto", "", &sql, &[since]).unwrap()
    };
    let position = |answer: &str| format!("'{}'", answer.split('|').next().unwrap());
    let start = position(&changes("NULL"));
    let event = |id: u8| {
        format!(
            "INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at)
             VALUES ('{USER}', '00000000-0000-7000-8000-0000000000{id:02}', 'todo.task.updated', 1, 'r', now());"
        )
    };
    // The first change begins before the second, and is committed after it was read.
    std::thread::scope(|scope| {
        let slow =
            scope.spawn(|| store.as_owner(&format!("BEGIN; {} SELECT pg_sleep(2); COMMIT;", event(1))));
        std::thread::sleep(std::time::Duration::from_millis(700));
        store.as_owner(&event(2));
        let second = changes(&start);
        assert!(second.contains("{00000000-0000-7000-8000-000000000002}"), "{second}");
        slow.join().unwrap();
        let first = changes(&position(&second));
        assert!(first.contains("{00000000-0000-7000-8000-000000000001}"), "{first}");
        assert!(changes(&position(&first)).contains("{}"));
    });
}

#[test]
fn what_was_restored_from_the_backup_of_a_server_that_counted_further_is_no_change() {
    let store = filled();
    let (_, sql) = statements().into_iter().find(|(name, _)| name == "read_changes").unwrap();
    let changes = |since: &str| store.execute("auto", "", &sql, &[since]).unwrap();
    let position = |answer: &str| format!("'{}'", answer.split('|').next().unwrap());
    let start = position(&changes("NULL"));
    store.as_owner(&format!(
        "INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at, transaction_id)
         VALUES ('{USER}', '00000000-0000-7000-8000-000000000003', 'todo.task.updated', 1, 'r', now(), '4000000000')"
    ));
    assert!(changes(&start).contains("{}"));
}
