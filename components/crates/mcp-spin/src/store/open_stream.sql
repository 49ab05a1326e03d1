-- Begins a stream.
-- $1 user  $2 stream  $3 session  $4 id of the request, as JSON
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
expired AS (
    DELETE FROM todo.mcp_streams
    WHERE user_id = (SELECT user_id FROM acting) AND id IN (
        SELECT id FROM todo.mcp_streams
        WHERE user_id = (SELECT user_id FROM acting) AND expires_at < now()
        ORDER BY expires_at LIMIT 20
    )
)
INSERT INTO todo.mcp_streams (user_id, id, session_id, request_id, expires_at)
SELECT user_id, $2::uuid, $3::uuid, $4::text, now() + interval '10 minutes' FROM acting
RETURNING id
