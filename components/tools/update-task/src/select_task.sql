-- The task as it is before its recurrence changes, which may depend on when it is due.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
)
SELECT recurrence::text AS series,
    {task_columns}
FROM todo.tasks
WHERE user_id = (SELECT user_id FROM acting) AND id = :id::uuid AND deleted_at IS NULL
