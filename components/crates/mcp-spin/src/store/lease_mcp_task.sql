-- Takes a working task that nobody holds.
-- $1 user  $2 task  $3 worker  $4 seconds for which it is held
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
)
UPDATE todo.mcp_tasks
SET worker = $3::uuid, held_until = clock_timestamp() + make_interval(secs => $4::double precision)
WHERE user_id = (SELECT user_id FROM acting)
  AND id = $2::uuid AND status = 'working' AND coalesce(held_until < clock_timestamp(), true) AND expires_at > now()
RETURNING tool, arguments, client, rounds, state::text AS state, answers::text AS answers
