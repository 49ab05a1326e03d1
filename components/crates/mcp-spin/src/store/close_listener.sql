-- Gives the place of a stream back.
-- $1 user  $2 stream
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
)
DELETE FROM todo.mcp_listeners
WHERE user_id = (SELECT user_id FROM acting) AND id = $2::uuid
RETURNING id
