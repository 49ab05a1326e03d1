-- Adds a task as insert_task.sql does, if the list has room for it, and tells how much it had. No row comes back when it has
-- none, or when the idempotency key has added one before, which select_task_by_key.sql tells.
-- $1 user, $2 id, $3 title, $4 title key, $5 notes, $6 due day, $7 due instant, $8 offset, $9 zone, $10 due by,
-- $11 priority, $12 labels, $13 now, $14 idempotency key, $15 fingerprint, $16 request,
-- $17 words of the title, $18 of the labels, $19 of the notes,
-- $20 how many tasks a list may hold
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
room AS MATERIALIZED (
    -- No further than to the limit.
    SELECT $20::integer - count(*)::integer AS tasks
    FROM (
        SELECT FROM todo.tasks
        WHERE user_id = (SELECT user_id FROM acting) AND deleted_at IS NULL
        LIMIT $20::integer
    ) AS counted
),
added AS (
    INSERT INTO todo.tasks (user_id, id, title, title_key, notes, due_on, due_at, due_offset, time_zone, due_by,
        priority, labels, created_at, updated_at, idempotency_key, fingerprint, title_words,
        label_words, notes_words)
    SELECT user_id, $2::uuid, $3::text, $4::text, $5::text, $6::text::date, $7::text::timestamptz, $8::integer,
        $9::text, $10::text::timestamptz, $11::smallint, $12::text[], $13::text::timestamptz,
        $13::text::timestamptz, $14::text, $15::bytea, $17::text::tsvector, $18::text::tsvector, $19::text::tsvector
    FROM acting
    WHERE (SELECT tasks FROM room) > 0
    ON CONFLICT (user_id, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
    RETURNING tasks.*
),
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at)
    SELECT user_id, id, 'todo.task.created', version, $16::text, created_at FROM added
)
SELECT id, title, notes,
    due_on, (extract(epoch FROM due_at) * 1000000)::bigint AS due_at, due_offset, time_zone,
    priority, labels,
    (extract(epoch FROM completed_at) * 1000000)::bigint AS completed_at, version,
    (extract(epoch FROM created_at) * 1000000)::bigint AS created_at,
    (extract(epoch FROM updated_at) * 1000000)::bigint AS updated_at,
    (SELECT tasks FROM room) AS room
FROM added
