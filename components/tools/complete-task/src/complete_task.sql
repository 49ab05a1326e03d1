-- Completes an open task of the version expected, or of any where none is, and tells what it found otherwise. One that repeats
-- is completed only when :is_last says that nothing comes after it; move_task.sql is for the others. What is open below it is completed
-- with it.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
target AS (
    SELECT tasks.* FROM todo.tasks
    WHERE user_id = (SELECT user_id FROM acting) AND id = :id::uuid AND deleted_at IS NULL
    FOR NO KEY UPDATE
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
parents AS (
    SELECT id FROM completed
),
{below},
subtasks AS (
    UPDATE todo.tasks
    SET completed_at = :now::text::timestamptz, version = tasks.version + 1, updated_at = :now::text::timestamptz
    WHERE tasks.user_id = (SELECT user_id FROM acting) AND tasks.id = ANY (ARRAY(SELECT below.id FROM below))
      AND tasks.completed_at IS NULL AND tasks.deleted_at IS NULL
    RETURNING tasks.user_id, tasks.id, tasks.version
),
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at)
    SELECT user_id, id, 'todo.task.completed', version, :request_id::text, :now::text::timestamptz
    FROM (SELECT user_id, id, version FROM completed UNION ALL SELECT * FROM subtasks) AS changed
),
answer AS (
    SELECT true AS changed, completed.* FROM completed
    UNION ALL
    SELECT false, target.* FROM target WHERE NOT EXISTS (SELECT FROM completed)
)
SELECT changed, recurrence::text AS series, (SELECT count(*) FROM subtasks) AS changed_subtasks,
    {task_columns}
FROM answer
