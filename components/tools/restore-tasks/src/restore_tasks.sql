-- Takes back that tasks were deleted, or else completed, and tells which ones it was and how they are now.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
target AS MATERIALIZED (
    SELECT tasks.user_id, tasks.id FROM todo.tasks
    WHERE user_id = (SELECT user_id FROM acting) AND id = ANY (:ids::text[]::uuid[])
      AND CASE WHEN :is_deletion::boolean THEN deleted_at IS NOT NULL
          ELSE deleted_at IS NULL AND completed_at IS NOT NULL END
    -- In one order, so that two calls do not wait for each other.
    ORDER BY id
    FOR UPDATE
),
restored AS (
    UPDATE todo.tasks
    SET deleted_at = NULL,
        completed_at = CASE WHEN :is_deletion::boolean THEN tasks.completed_at END,
        version = tasks.version + 1, updated_at = :now::text::timestamptz
    FROM target
    WHERE tasks.user_id = target.user_id AND tasks.id = target.id
    RETURNING tasks.*
),
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at)
    SELECT user_id, id, CASE WHEN :is_deletion::boolean THEN 'todo.task.restored' ELSE 'todo.task.reopened' END, version,
        :request_id::text, :now::text::timestamptz
    FROM restored
),
counted AS (
    SELECT count(*) AS changed FROM restored
)
SELECT counted.changed AS matching, counted.changed,
    restored.id IS NOT NULL AS found,
    {task_columns}
-- One row at least, for the counts.
FROM counted
LEFT JOIN restored ON true
ORDER BY restored.due_by, restored.id
