-- The parts in braces are fixed texts chosen by order.rs; every value is a parameter.
-- $1 user, $2 limit; null does not filter: $3 due from, $4 due to, $5 priority, $6 label, $7 words, $8 leaves out
-- what is open and was due before this instant; $9 and on: where to go on
-- The optional filters are cases and not disjunctions, which PostgreSQL would take for so selective that it would
-- rather read and sort all of a user's tasks than follow the order.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
)
SELECT {number} AS position_number, {text} AS position_text,
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
  AND {position}
  AND {due}
  AND {priority}
  AND CASE WHEN $6::text IS NULL THEN true ELSE $6::text = ANY (labels) END
  AND CASE WHEN $7::text IS NULL THEN true ELSE (title_words || label_words || notes_words) @@ $7::text::tsquery END
  AND CASE WHEN $8::text IS NULL THEN true
      ELSE completed_at IS NOT NULL OR due_by >= $8::text::timestamptz END
ORDER BY {order}
LIMIT $2::bigint
