//! More tasks than anybody adds one by one.

use crate::door::{Door, User};

/// Gives the user that many open tasks, `task 1` and so on, due one after the other. Only on a server.
pub fn add_many(door: &Door, user: &User<'_>, count: u32) {
    let sql = format!(
        "INSERT INTO todo.tasks (user_id, id, title, title_key, due_on, time_zone, due_by, created_at, updated_at,
            title_words, label_words, notes_words)
        SELECT '{}', ('01900000-' || lpad(to_hex(n), 4, '0') || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
            'task ' || n, 'task ' || n, day, 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC' - interval '1 microsecond',
            timestamptz '2026-01-01Z', timestamptz '2026-01-01Z', 'many', '', ''
        FROM generate_series(1, {count}) AS n, LATERAL (SELECT date '2027-01-01' + n AS day) AS days",
        user.id
    );
    door.0.sql(&sql).unwrap();
}

/// How many events of this type there are of the user's tasks. Only on a server.
pub fn events(door: &Door, user: &User<'_>, kind: &str) -> u32 {
    let sql = format!(
        "SELECT count(*) FROM todo.task_events WHERE user_id = '{}' AND type = 'todo.task.{kind}'",
        user.id
    );
    door.0.sql(&sql).unwrap().trim().parse().unwrap()
}
