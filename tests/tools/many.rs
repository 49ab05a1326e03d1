//! Tasks for tools that take many at once, and such calls at the same time.

use std::thread;

use serde_json::{Value, json};

use crate::tool_harness::{ToolHarness, User};

/// Gives the user tasks of every kind: what is wanted of each is in its title.
pub fn seed(user: &User<'_>) {
    user.add_input(&json!({ "title": "milk", "labels": ["shop"], "priority": "high" }));
    user.add_input(&json!({ "title": "bread", "labels": ["shop"], "due": "2026-11-17" }));
    user.add_input(
        &json!({ "title": "report", "labels": ["work"], "due": "2026-11-20", "priority": "high" }),
    );
    let done = user.add_input(&json!({ "title": "old", "labels": ["shop"], "due": "2026-11-10" }));
    user.ok("complete-task", json!({ "id": done["id"] }));
}

/// Gives the user that many open tasks, `task 1` and so on, due one after the other. Only on a server.
pub fn add_many(tools: &ToolHarness, user: &User<'_>, count: u32) {
    let sql = format!(
        "INSERT INTO todo.tasks (user_id, id, title, title_key, due_on, time_zone, due_by, created_at, updated_at,
            title_words, label_words, notes_words)
        SELECT '{}', ('01900000-' || lpad(to_hex(n), 4, '0') || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
            'task ' || n, 'task ' || n, day, 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC' - interval '1 microsecond',
            timestamptz '2026-01-01Z', timestamptz '2026-01-01Z', 'many', '', ''
        FROM generate_series(1, {count}) AS n, LATERAL (SELECT date '2027-01-01' + n AS day) AS days",
        user.id
    );
    tools.0.sql(&sql).unwrap();
}

/// Calls the tool six times at once for all that [`add_many`] gave; how many tasks it says it changed, and all it said. Only on
/// a server.
pub fn six_at_once(user: &User<'_>, tool: &str) -> (u64, Vec<Value>) {
    let outcomes: Vec<Value> = thread::scope(|scope| {
        let call = || user.call(tool, json!({ "filter": { "text": "many" } }));
        let calls: Vec<_> = (0..6).map(|_| scope.spawn(call)).collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    });
    (outcomes.iter().filter_map(|outcome| outcome["ok"]["count"].as_u64()).sum(), outcomes)
}

/// How many events of this type there are of the user's tasks. Only on a server.
pub fn events(tools: &ToolHarness, user: &User<'_>, kind: &str) -> u32 {
    let sql = format!(
        "SELECT count(*) FROM todo.task_events WHERE user_id = '{}' AND type = 'todo.task.{kind}'",
        user.id
    );
    tools.0.sql(&sql).unwrap().trim().parse().unwrap()
}
