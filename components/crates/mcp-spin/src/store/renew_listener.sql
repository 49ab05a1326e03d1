-- Lets a stream listen some more, if its place was not given to another.
-- $1 user  $2 stream  $3 seconds for which it is kept
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
)
UPDATE todo.mcp_listeners
SET expires_at = now() + make_interval(secs => $3::double precision)
WHERE user_id = (SELECT user_id FROM acting) AND id = $2::uuid
RETURNING id
