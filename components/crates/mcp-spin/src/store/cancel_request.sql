-- Marks the streams that answer a session's request: their answer is no longer wanted.
-- $1 user  $2 session  $3 id of the request, as JSON
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
)
UPDATE todo.mcp_streams
SET is_cancelled = true
WHERE user_id = (SELECT user_id FROM acting) AND session_id = $2::uuid AND request_id = $3::text AND NOT is_complete
RETURNING id
