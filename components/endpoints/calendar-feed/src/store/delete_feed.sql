-- Takes a user's feed away.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
deleted AS (
    DELETE FROM todo.calendar_feeds WHERE user_id = (SELECT user_id FROM acting)
    RETURNING calendar_feeds.*
)
SELECT (extract(epoch FROM created_at) * 1000000)::bigint AS created_at,
    (extract(epoch FROM read_at) * 1000000)::bigint AS read_at
FROM deleted
