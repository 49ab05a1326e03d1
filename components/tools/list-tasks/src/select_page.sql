-- The parts in braces are fixed texts chosen by order.rs; every value is a parameter.
-- $1 user, $2 limit; the filters' parameters, where there are any (filters.rs); then where to go on
-- The inner limit, the most that a page may hold, tells PostgreSQL how little is read while it does not look at $2: so a
-- plan for all values costs no more than one for these, and it plans once for a connection.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
)
SELECT * FROM (
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
      AND {position}{filters}
    ORDER BY {order}
    LIMIT {most}
) AS most
LIMIT $2::bigint
