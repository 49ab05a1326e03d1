-- Completes the occurrence that a repeating task stands for: the occurrence becomes a row, and the task of the version expected
-- moves to the next one, for which what is below it opens again. Tells what it found otherwise.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
target AS (
    SELECT tasks.* FROM todo.tasks
    WHERE user_id = (SELECT user_id FROM acting) AND id = :id::uuid AND deleted_at IS NULL
    FOR NO KEY UPDATE
),
moved AS (
    UPDATE todo.tasks
    SET due_on = :due_on::text::date, due_at = :due_at::text::timestamptz, due_offset = :due_offset::integer,
        time_zone = :time_zone::text, due_by = :due_by::text::timestamptz, recurrence = :recurrence::text::jsonb,
        version = tasks.version + 1, updated_at = :now::text::timestamptz
    FROM target
    WHERE tasks.user_id = target.user_id AND tasks.id = target.id
      AND target.completed_at IS NULL AND target.recurrence IS NOT NULL
      AND target.version = :expected_version::bigint
    RETURNING tasks.*
),
occurrence AS (
    INSERT INTO todo.task_occurrences (user_id, task_id, version, due_on, due_at, due_offset, time_zone, due_by, recurrence,
        completed_at)
    SELECT target.user_id, target.id, moved.version, target.due_on, target.due_at, target.due_offset, target.time_zone,
        target.due_by, target.recurrence, :now::text::timestamptz
    FROM target JOIN moved ON moved.id = target.id
),
parents AS (
    SELECT id FROM moved
),
{below},
subtasks AS (
    UPDATE todo.tasks
    SET completed_at = NULL, version = tasks.version + 1, updated_at = :now::text::timestamptz
    WHERE tasks.user_id = (SELECT user_id FROM acting) AND tasks.id = ANY (ARRAY(SELECT below.id FROM below))
      AND tasks.completed_at IS NOT NULL AND tasks.deleted_at IS NULL
    RETURNING tasks.user_id, tasks.id, tasks.version
),
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at)
    SELECT user_id, id, 'todo.task.completed', version, :request_id::text, :now::text::timestamptz FROM moved
    UNION ALL
    SELECT user_id, id, 'todo.task.reopened', version, :request_id::text, :now::text::timestamptz FROM subtasks
),
answer AS (
    SELECT true AS changed, moved.* FROM moved
    UNION ALL
    SELECT false, target.* FROM target WHERE NOT EXISTS (SELECT FROM moved)
)
SELECT changed, recurrence::text AS series, (SELECT count(*) FROM subtasks) AS changed_subtasks,
    {task_columns}
FROM answer
