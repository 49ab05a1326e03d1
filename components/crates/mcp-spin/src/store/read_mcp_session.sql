-- What a session has set.
-- $1 user  $2 session
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
)
SELECT subscriptions, log_level
FROM todo.mcp_sessions
WHERE user_id = (SELECT user_id FROM acting) AND id = $2::uuid
