-- Uses up a request state. No row where it was used before.
-- $1 user  $2 nonce  $3 seconds for which it could be presented
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
expired AS (
    DELETE FROM todo.mcp_used_states
    WHERE user_id = (SELECT user_id FROM acting) AND id IN (
        SELECT id FROM todo.mcp_used_states
        WHERE user_id = (SELECT user_id FROM acting) AND expires_at < now()
        ORDER BY expires_at LIMIT 20
    )
)
INSERT INTO todo.mcp_used_states (user_id, id, expires_at)
SELECT user_id, $2::uuid, now() + make_interval(secs => $3::double precision) FROM acting
ON CONFLICT (user_id, id) DO NOTHING
RETURNING id
