-- The task that an idempotency key has added, as it is now, and whether it was added by the same input.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
)
SELECT fingerprint IS NOT DISTINCT FROM :fingerprint::bytea AS same_input,
    {task_columns}
FROM todo.tasks
WHERE user_id = (SELECT user_id FROM acting) AND idempotency_key = :idempotency_key::text
