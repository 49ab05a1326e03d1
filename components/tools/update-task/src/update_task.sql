-- Changes what is given of a task of the version expected; nothing when nothing would differ. Tells the task as it
-- is then.
-- $1 user, $2 id, $3 expected version or null, $4 now, $5 request; null leaves as it is: $6 title, $7 title key,
-- $8 title's words, $9 priority, $10 labels, $11 labels' words; $12 whether to set notes: $13 notes, $14 their
-- words; $15 whether to set due: $16 day, $17 instant, $18 offset, $19 zone, $20 due by
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
target AS (
    SELECT tasks.* FROM todo.tasks
    WHERE user_id = (SELECT user_id FROM acting) AND id = $2::uuid AND deleted_at IS NULL
    FOR UPDATE
),
wanted AS (
    SELECT user_id, id,
        coalesce($6::text, title) AS title,
        coalesce($7::text, title_key) AS title_key,
        coalesce($9::smallint, priority) AS priority,
        coalesce($10::text[], labels) AS labels,
        CASE WHEN $12::boolean THEN $13::text ELSE notes END AS notes,
        CASE WHEN $15::boolean THEN $16::text::date ELSE due_on END AS due_on,
        CASE WHEN $15::boolean THEN $17::text::timestamptz ELSE due_at END AS due_at,
        CASE WHEN $15::boolean THEN $18::integer ELSE due_offset END AS due_offset,
        CASE WHEN $15::boolean THEN $19::text ELSE time_zone END AS time_zone,
        CASE WHEN $15::boolean THEN $20::text::timestamptz ELSE due_by END AS due_by,
        coalesce($8::text::tsvector, title_words) AS title_words,
        coalesce($11::text::tsvector, label_words) AS label_words,
        CASE WHEN $12::boolean THEN $14::text::tsvector ELSE notes_words END AS notes_words
    FROM target
),
difference AS (
    SELECT array_remove(ARRAY[
        CASE WHEN wanted.title <> target.title THEN 'title' END,
        CASE WHEN wanted.notes IS DISTINCT FROM target.notes THEN 'notes' END,
        CASE WHEN (wanted.due_on, wanted.due_at, wanted.time_zone)
            IS DISTINCT FROM (target.due_on, target.due_at, target.time_zone) THEN 'due' END,
        CASE WHEN wanted.priority <> target.priority THEN 'priority' END,
        CASE WHEN wanted.labels <> target.labels THEN 'labels' END
    ], NULL) AS fields
    FROM wanted, target
),
updated AS (
    UPDATE todo.tasks
    SET title = wanted.title, title_key = wanted.title_key, priority = wanted.priority, labels = wanted.labels,
        notes = wanted.notes, due_on = wanted.due_on, due_at = wanted.due_at, due_offset = wanted.due_offset,
        time_zone = wanted.time_zone, due_by = wanted.due_by, title_words = wanted.title_words,
        label_words = wanted.label_words, notes_words = wanted.notes_words,
        version = tasks.version + 1, updated_at = $4::text::timestamptz
    FROM target, wanted, difference
    WHERE tasks.user_id = target.user_id AND tasks.id = target.id
      AND cardinality(difference.fields) > 0
      AND target.version = coalesce($3::bigint, target.version)
    RETURNING tasks.*
),
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at, data)
    SELECT user_id, id, 'todo.task.updated', version, $5::text, $4::text::timestamptz,
        jsonb_build_object('fields', difference.fields)
    FROM updated, difference
),
answer AS (
    SELECT true AS changed, updated.* FROM updated
    UNION ALL
    SELECT false, target.* FROM target WHERE NOT EXISTS (SELECT FROM updated)
)
SELECT changed,
    id, title, notes,
    due_on, (extract(epoch FROM due_at) * 1000000)::bigint AS due_at, due_offset, time_zone,
    priority, labels,
    (extract(epoch FROM completed_at) * 1000000)::bigint AS completed_at, version,
    (extract(epoch FROM created_at) * 1000000)::bigint AS created_at,
    (extract(epoch FROM updated_at) * 1000000)::bigint AS updated_at
FROM answer
