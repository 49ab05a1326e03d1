-- Adds a task, unless its idempotency key has added one before: then tells that one. No row comes back when
-- another call with the key is adding it at this moment; a second try finds it.
-- $1 user, $2 id, $3 title, $4 title key, $5 notes, $6 due day, $7 due instant, $8 offset, $9 zone, $10 due by,
-- $11 priority, $12 labels, $13 now, $14 idempotency key or '', $15 fingerprint, $16 request,
-- $17 words of the title, $18 of the labels, $19 of the notes
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
earlier AS (
    SELECT tasks.* FROM todo.tasks
    -- No key is '' and not null: PostgreSQL would plan a comparison with null as a scan that it never runs.
    WHERE user_id = (SELECT user_id FROM acting) AND idempotency_key = $14::text
),
added AS (
    INSERT INTO todo.tasks (user_id, id, title, title_key, notes, due_on, due_at, due_offset, time_zone, due_by,
        priority, labels, created_at, updated_at, idempotency_key, fingerprint, title_words,
        label_words, notes_words)
    SELECT user_id, $2::uuid, $3::text, $4::text, $5::text, $6::text::date, $7::text::timestamptz, $8::integer,
        $9::text, $10::text::timestamptz, $11::smallint, $12::text[], $13::text::timestamptz,
        $13::text::timestamptz, nullif($14::text, ''), $15::bytea, $17::text::tsvector,
        $18::text::tsvector, $19::text::tsvector
    FROM acting
    WHERE NOT EXISTS (SELECT FROM earlier)
    ON CONFLICT (user_id, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
    RETURNING tasks.*
),
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at)
    SELECT user_id, id, 'todo.task.created', version, $16::text, created_at FROM added
),
answer AS (
    SELECT * FROM added
    UNION ALL
    SELECT * FROM earlier
)
SELECT fingerprint IS NOT DISTINCT FROM $15::bytea AS same_input,
    id, title, notes,
    due_on, (extract(epoch FROM due_at) * 1000000)::bigint AS due_at, due_offset, time_zone,
    priority, labels,
    (extract(epoch FROM completed_at) * 1000000)::bigint AS completed_at, version,
    (extract(epoch FROM created_at) * 1000000)::bigint AS created_at,
    (extract(epoch FROM updated_at) * 1000000)::bigint AS updated_at
FROM answer
