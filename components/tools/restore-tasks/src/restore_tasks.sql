-- Takes back that tasks were deleted, or else completed, and tells which ones it was and how they are now. A repeating task that
-- has not changed since an occurrence of it was completed goes back to that one.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
target AS MATERIALIZED (
    SELECT tasks.user_id, tasks.id, tasks.version, tasks.completed_at, tasks.due_on, tasks.due_at, tasks.due_offset,
        tasks.time_zone, tasks.due_by, tasks.recurrence
    FROM todo.tasks
    WHERE user_id = (SELECT user_id FROM acting) AND id = ANY (:ids::text[]::uuid[])
      AND CASE WHEN :is_deletion::boolean THEN deleted_at IS NOT NULL
          ELSE deleted_at IS NULL AND (completed_at IS NOT NULL OR recurrence IS NOT NULL) END
    -- In one order, so that two calls do not wait for each other.
    ORDER BY id
    FOR UPDATE
),
taken_back AS (
    DELETE FROM todo.task_occurrences AS occurrence
    USING target
    WHERE occurrence.user_id = (SELECT user_id FROM acting) AND occurrence.task_id = target.id
      AND occurrence.version = target.version AND target.completed_at IS NULL
      AND NOT :is_deletion::boolean
    RETURNING occurrence.*
),
wanted AS (
    SELECT id, due_on, due_at, due_offset, time_zone, due_by, recurrence FROM target
    WHERE :is_deletion::boolean OR completed_at IS NOT NULL
    UNION ALL
    SELECT task_id, due_on, due_at, due_offset, time_zone, due_by, recurrence FROM taken_back
),
restored AS (
    UPDATE todo.tasks
    SET deleted_at = NULL,
        completed_at = CASE WHEN :is_deletion::boolean THEN tasks.completed_at END,
        due_on = wanted.due_on, due_at = wanted.due_at, due_offset = wanted.due_offset, time_zone = wanted.time_zone,
        due_by = wanted.due_by, recurrence = wanted.recurrence,
        version = tasks.version + 1, updated_at = :now::text::timestamptz
    FROM wanted
    WHERE tasks.user_id = (SELECT user_id FROM acting) AND tasks.id = wanted.id
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
