-- Adds a URI to what a session listens to, or takes it away. No row where there is no room for another.
-- $1 user  $2 session  $3 URI  $4 is it wanted?
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
INSERT INTO todo.mcp_sessions AS session (user_id, id, subscriptions, expires_at)
SELECT user_id, $2::uuid, CASE WHEN $4::boolean THEN ARRAY[$3::text] ELSE '{}' END, now() + interval '7 days'
FROM acting
ON CONFLICT (user_id, id) DO UPDATE
SET subscriptions = array_remove(session.subscriptions, $3::text) || excluded.subscriptions,
    expires_at = excluded.expires_at
-- As the constraint mcp_sessions_subscriptions_count
WHERE NOT $4::boolean OR cardinality(array_remove(session.subscriptions, $3::text)) < 200
RETURNING cardinality(session.subscriptions) AS subscriptions
