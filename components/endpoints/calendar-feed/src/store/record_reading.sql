-- Remembers that a user's feed was read.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
read AS (
    UPDATE todo.calendar_feeds SET read_at = :now::text::timestamptz
    WHERE user_id = (SELECT user_id FROM acting)
    RETURNING calendar_feeds.*
)
SELECT (extract(epoch FROM created_at) * 1000000)::bigint AS created_at,
    (extract(epoch FROM read_at) * 1000000)::bigint AS read_at
FROM read
