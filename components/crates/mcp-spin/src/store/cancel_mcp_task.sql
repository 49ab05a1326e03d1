-- Gives a task up, unless it has ended.
-- $1 user  $2 task
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
found AS MATERIALIZED (
    SELECT id
    FROM todo.mcp_tasks
    WHERE user_id = (SELECT user_id FROM acting) AND id = $2::uuid AND expires_at > now()
),
given_up AS (
    UPDATE todo.mcp_tasks
    SET status = 'cancelled', requests = NULL, worker = NULL, held_until = NULL, updated_at = clock_timestamp()
    WHERE user_id = (SELECT user_id FROM acting)
      AND id IN (SELECT id FROM found) AND status IN ('working', 'input_required')
)
SELECT id FROM found
