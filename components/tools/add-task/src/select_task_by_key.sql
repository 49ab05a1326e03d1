-- The task that an idempotency key has added, as it is now.
-- $1 user, $2 idempotency key, $3 fingerprint
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
)
SELECT fingerprint IS NOT DISTINCT FROM $3::bytea AS same_input,
    id, title, notes,
    due_on, (extract(epoch FROM due_at) * 1000000)::bigint AS due_at, due_offset, time_zone,
    priority, labels,
    (extract(epoch FROM completed_at) * 1000000)::bigint AS completed_at, version,
    (extract(epoch FROM created_at) * 1000000)::bigint AS created_at,
    (extract(epoch FROM updated_at) * 1000000)::bigint AS updated_at
FROM todo.tasks
WHERE user_id = (SELECT user_id FROM acting) AND idempotency_key = $2::text
