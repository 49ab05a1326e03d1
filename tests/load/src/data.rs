//! Generated tasks.

use scratch_postgres::ScratchPostgres;

use crate::Error;

/// 200 users with 500 tasks each, and 500 of this user, half of them due some day.
pub fn fill(server: &ScratchPostgres, user: &str) -> Result<(), Error> {
    let sql = format!(
        "INSERT INTO todo.tasks (id, user_id, title, title_key, due_at, due_offset, time_zone, due_by, priority, labels,
            created_at, updated_at, title_words, label_words, notes_words)
         SELECT gen_random_uuid(), owner, title, title, due, CASE WHEN due IS NULL THEN NULL ELSE 0 END,
            CASE WHEN due IS NULL THEN NULL ELSE 'UTC' END, coalesce(due, 'infinity'), 1 + n % 4,
            CASE WHEN n % 3 = 0 THEN ARRAY['work', 'label-' || n % 7] ELSE '{{}}' END, now(), now(), to_tsvector('simple', title), '', ''
         FROM (SELECT '{user}'::uuid AS owner UNION ALL SELECT gen_random_uuid() FROM generate_series(1, 200)) AS owners,
            generate_series(1, 500) AS n,
            LATERAL (SELECT 'Task number ' || n AS title,
                CASE WHEN n % 2 = 0 THEN now() + n * interval '1 hour' END AS due) AS made;
         ANALYZE todo.tasks"
    );
    for statement in sql.split(';') {
        server.sql("todo", statement)?;
    }
    Ok(())
}
