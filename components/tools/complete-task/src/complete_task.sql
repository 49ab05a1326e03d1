-- Completes an open task of the version expected, or of any where none is, and tells what it found otherwise. One that repeats
-- is completed only when :is_last says that nothing comes after it; move_task.sql is for the others.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
target AS (
    SELECT tasks.* FROM todo.tasks
    WHERE user_id = (SELECT user_id FROM acting) AND id = :id::uuid AND deleted_at IS NULL
    FOR UPDATE
),
completed AS (
    UPDATE todo.tasks
    SET completed_at = :now::text::timestamptz, version = tasks.version + 1, updated_at = :now::text::timestamptz
    FROM target
    WHERE tasks.user_id = target.user_id AND tasks.id = target.id
      AND target.completed_at IS NULL
      AND target.version = coalesce(:expected_version::bigint, target.version)
      AND (target.recurrence IS NULL OR :is_last::boolean)
    RETURNING tasks.*
),
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at)
    SELECT user_id, id, 'todo.task.completed', version, :request_id::text, :now::text::timestamptz FROM completed
),
answer AS (
    SELECT true AS changed, completed.* FROM completed
    UNION ALL
    SELECT false, target.* FROM target WHERE NOT EXISTS (SELECT FROM completed)
)
SELECT changed, recurrence::text AS series,
    {task_columns}
FROM answer
