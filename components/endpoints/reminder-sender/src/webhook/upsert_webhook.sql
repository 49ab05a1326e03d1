-- Sends a user's reminders there from now on.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
stored AS (
    INSERT INTO todo.webhooks (user_id, url, key_id, created_at)
    SELECT user_id, :url::text, :key_id::uuid, :now::text::timestamptz FROM acting
    ON CONFLICT (user_id) DO UPDATE
    SET url = excluded.url, key_id = excluded.key_id, created_at = excluded.created_at
    RETURNING webhooks.*
)
SELECT url, (extract(epoch FROM created_at) * 1000000)::bigint AS created_at
FROM stored
