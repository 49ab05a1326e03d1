-- Completes the first open tasks that match, and tells how many there are and which it completed.
-- The parts in braces are fixed texts chosen by the shape of the filter (task-rows, selection.rs); every value is a
-- parameter.
-- $1 user, $2 the most to change; null does not filter: $3 due from, $4 due to, $5 priority, $6 label, $7 words, $8 leaves
-- out what is open and was due before this instant, $9 ids; $10 now, $11 request, $12 dry run, $13 the most to answer
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
matching AS MATERIALIZED (
    SELECT id, version, due_by FROM todo.tasks
    WHERE user_id = (SELECT user_id FROM acting)
      AND deleted_at IS NULL
      AND {status}
      AND {ids}
      AND due_by >= coalesce($3::text::timestamptz, '-infinity')
      AND due_by <= coalesce($4::text::timestamptz, 'infinity')
      AND CASE WHEN $5::smallint IS NULL THEN true ELSE priority = $5::smallint END
      AND CASE WHEN $6::text IS NULL THEN true ELSE $6::text = ANY (labels) END
      AND CASE WHEN $7::text IS NULL THEN true
          ELSE (title_words || label_words || notes_words) @@ $7::text::tsquery END
      AND CASE WHEN $8::text IS NULL THEN true
          ELSE completed_at IS NOT NULL OR due_by >= $8::text::timestamptz END
),
chosen AS MATERIALIZED (
    SELECT id, version, due_by FROM matching ORDER BY due_by, id LIMIT $2::bigint
),
completed AS (
    UPDATE todo.tasks
    SET completed_at = $10::text::timestamptz, version = tasks.version + 1, updated_at = $10::text::timestamptz
    FROM chosen
    WHERE tasks.user_id = (SELECT user_id FROM acting) AND tasks.id = chosen.id
      -- A task that someone changed since it was chosen may match no longer: it is left to the next call.
      AND tasks.version = chosen.version AND tasks.completed_at IS NULL
      AND NOT $12::boolean
    RETURNING tasks.user_id, tasks.id, tasks.due_by, tasks.version, tasks.completed_at, tasks.updated_at
),
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at)
    SELECT user_id, id, 'todo.task.completed', version, $11::text, $10::text::timestamptz FROM completed
),
changed AS MATERIALIZED (
    SELECT id, due_by, version, completed_at, updated_at FROM completed
    UNION ALL
    SELECT id, due_by, version, NULL, NULL FROM chosen WHERE $12::boolean
),
answered AS MATERIALIZED (
    SELECT * FROM changed ORDER BY due_by, id LIMIT $13::bigint
)
SELECT (SELECT count(*) FROM matching) AS matching, (SELECT count(*) FROM changed) AS changed,
    tasks.id IS NOT NULL AS found,
    tasks.id, title, notes,
    due_on, (extract(epoch FROM due_at) * 1000000)::bigint AS due_at, due_offset, time_zone,
    priority, labels,
    (extract(epoch FROM answered.completed_at) * 1000000)::bigint AS completed_at, answered.version,
    (extract(epoch FROM created_at) * 1000000)::bigint AS created_at,
    (extract(epoch FROM coalesce(answered.updated_at, tasks.updated_at)) * 1000000)::bigint AS updated_at
-- One row at least, for the counts.
FROM acting
LEFT JOIN answered ON true
LEFT JOIN todo.tasks ON tasks.user_id = acting.user_id AND tasks.id = answered.id
ORDER BY answered.due_by, answered.id
