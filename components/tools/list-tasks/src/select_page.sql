-- The parts in braces are fixed texts chosen by order.rs; every value is a parameter.
-- $1 user, $2 and $3 due from and to, $4 and $5 priority from and to, $6 label or null, $7 words or null,
-- $8 leave out what is open and was due before this instant, or null, $9 limit, $10 and on: where to go on
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
  AND due_by >= $2::text::timestamptz AND due_by <= $3::text::timestamptz
  AND priority >= $4::smallint AND priority <= $5::smallint
  AND ($6::text IS NULL OR $6::text = ANY (labels))
  AND ($7::text IS NULL OR search @@ $7::text::tsquery)
  AND ($8::text IS NULL OR completed_at IS NOT NULL OR due_by >= $8::text::timestamptz)
ORDER BY {order}
LIMIT $9::bigint
