-- Sends a user's reminders nowhere any more.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
deleted AS (
    DELETE FROM todo.webhooks WHERE user_id = (SELECT user_id FROM acting)
    RETURNING webhooks.*
)
SELECT url, (extract(epoch FROM created_at) * 1000000)::bigint AS created_at
FROM deleted
