-- Where a task stands.
-- $1 user  $2 task
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
)
SELECT id, status, requests::text AS requests, outcome,
    to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS created_at,
    to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS updated_at,
    ttl_ms, status = 'working' AND coalesce(held_until < clock_timestamp(), true) AS is_abandoned
FROM todo.mcp_tasks
WHERE user_id = (SELECT user_id FROM acting) AND id = $2::uuid AND expires_at > now()
