-- Writes what a round of a task came to, if it is still the worker's, and lets it go.
-- $1 user  $2 task  $3 worker  $4 status  $5 requests  $6 state  $7 outcome
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
)
UPDATE todo.mcp_tasks
SET status = $4::text,
    requests = $5::jsonb,
    state = $6::jsonb,
    outcome = $7::text,
    rounds = rounds + CASE WHEN $4::text = 'input_required' THEN 1 ELSE 0 END,
    answers = '{}',
    worker = NULL,
    held_until = NULL,
    updated_at = clock_timestamp()
WHERE user_id = (SELECT user_id FROM acting) AND id = $2::uuid AND worker = $3::uuid AND status = 'working'
RETURNING id
