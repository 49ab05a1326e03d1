-- The parts in braces are fixed texts chosen by the shape of the filter (task-rows, selection.rs); every value is a
-- parameter.
-- $1 user, $2 limit; null does not filter: $3 due from, $4 due to, $5 priority, $6 label, $7 words, $8 leaves out what is
-- open and was due before this instant, $9 ids; $10 the task to go on after
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
)
SELECT
    id, title, notes,
    due_on, (extract(epoch FROM due_at) * 1000000)::bigint AS due_at, due_offset, time_zone,
    priority, labels,
    (extract(epoch FROM completed_at) * 1000000)::bigint AS completed_at, version,
    (extract(epoch FROM created_at) * 1000000)::bigint AS created_at,
    (extract(epoch FROM updated_at) * 1000000)::bigint AS updated_at
FROM todo.tasks
WHERE user_id = (SELECT user_id FROM acting)
  AND deleted_at IS NULL
  AND {status}
  AND {ids}
  AND id > $10::uuid
  AND CASE WHEN $3::text IS NULL THEN true ELSE due_by >= $3::text::timestamptz END
  AND CASE WHEN $4::text IS NULL THEN true ELSE due_by <= $4::text::timestamptz END
  AND CASE WHEN $5::smallint IS NULL THEN true ELSE priority = $5::smallint END
  AND CASE WHEN $6::text IS NULL THEN true ELSE $6::text = ANY (labels) END
  AND CASE WHEN $7::text IS NULL THEN true ELSE (title_words || label_words || notes_words) @@ $7::text::tsquery END
  AND CASE WHEN $8::text IS NULL THEN true
      ELSE completed_at IS NOT NULL OR due_by >= $8::text::timestamptz END
-- As added: what is changed meanwhile keeps its place, so that no task is met twice or passed over.
ORDER BY id
LIMIT $2::bigint
