-- Remembers from which level on a session wants log messages.
-- $1 user  $2 session  $3 level
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
expired AS (
    DELETE FROM todo.mcp_sessions
    WHERE user_id = (SELECT user_id FROM acting) AND id IN (
        SELECT id FROM todo.mcp_sessions
        WHERE user_id = (SELECT user_id FROM acting) AND expires_at < now()
        ORDER BY expires_at LIMIT 20
    )
)
INSERT INTO todo.mcp_sessions AS session (user_id, id, log_level, expires_at)
SELECT user_id, $2::uuid, $3::text, now() + interval '7 days' FROM acting
ON CONFLICT (user_id, id) DO UPDATE
SET log_level = excluded.log_level, expires_at = excluded.expires_at
RETURNING session.log_level
