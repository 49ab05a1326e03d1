-- Makes a task, held by its first worker.
-- $1 user  $2 task  $3 tool  $4 arguments  $5 what the client can do  $6 state  $7 answers  $8 ttl in ms
-- $9 worker  $10 seconds for which it is held
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
expired AS (
    DELETE FROM todo.mcp_tasks
    WHERE user_id = (SELECT user_id FROM acting) AND id IN (
        SELECT id FROM todo.mcp_tasks
        WHERE user_id = (SELECT user_id FROM acting) AND expires_at < now()
        ORDER BY expires_at LIMIT 20
    )
)
INSERT INTO todo.mcp_tasks
    (user_id, id, status, tool, arguments, client, state, answers, ttl_ms, worker, held_until, expires_at)
SELECT user_id, $2::uuid, 'working', $3::text, $4::text, $5::smallint, $6::jsonb, $7::jsonb, $8::bigint, $9::uuid,
    clock_timestamp() + make_interval(secs => $10::double precision),
    now() + make_interval(secs => $8::bigint / 1000.0)
FROM acting
RETURNING id, status, requests::text AS requests, outcome,
    to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS created_at,
    to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS updated_at,
    ttl_ms, status = 'working' AND coalesce(held_until < clock_timestamp(), true) AS is_abandoned
