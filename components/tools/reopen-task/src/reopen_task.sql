-- Reopens a done task of the version expected, or of any where none is, and tells what it found otherwise. A repeating task that
-- has not changed since an occurrence of it was completed goes back to that one. What it is below is open then, too; what is below it stays
-- as it is.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
target AS (
    SELECT tasks.* FROM todo.tasks
    WHERE user_id = (SELECT user_id FROM acting) AND id = :id::uuid AND deleted_at IS NULL
    FOR NO KEY UPDATE
),
taken_back AS (
    DELETE FROM todo.task_occurrences AS occurrence
    USING target
    WHERE occurrence.user_id = (SELECT user_id FROM acting) AND occurrence.task_id = target.id
      AND occurrence.version = target.version AND target.completed_at IS NULL
      AND target.version = coalesce(:expected_version::bigint, target.version)
    RETURNING occurrence.*
),
wanted AS (
    SELECT target.user_id, target.id, target.due_on, target.due_at, target.due_offset, target.time_zone, target.due_by,
        target.recurrence
    FROM target
    WHERE target.completed_at IS NOT NULL
    UNION ALL
    SELECT user_id, task_id, due_on, due_at, due_offset, time_zone, due_by, recurrence FROM taken_back
),
reopened AS (
    UPDATE todo.tasks
    SET completed_at = NULL, due_on = wanted.due_on, due_at = wanted.due_at, due_offset = wanted.due_offset,
        time_zone = wanted.time_zone, due_by = wanted.due_by, recurrence = wanted.recurrence,
        version = tasks.version + 1, updated_at = :now::text::timestamptz
    FROM target, wanted
    WHERE tasks.user_id = target.user_id AND tasks.id = target.id AND wanted.id = target.id
      AND target.version = coalesce(:expected_version::bigint, target.version)
    RETURNING tasks.*
),
above_1 AS (
    SELECT parent_id AS id FROM reopened WHERE parent_id IS NOT NULL
),
{above},
ancestors AS (
    UPDATE todo.tasks
    SET completed_at = NULL, version = tasks.version + 1, updated_at = :now::text::timestamptz
    WHERE tasks.user_id = (SELECT user_id FROM acting) AND tasks.id = ANY (ARRAY(SELECT above.id FROM above))
      AND tasks.completed_at IS NOT NULL AND tasks.deleted_at IS NULL
    RETURNING tasks.user_id, tasks.id, tasks.version
),
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at)
    SELECT user_id, id, 'todo.task.reopened', version, :request_id::text, :now::text::timestamptz
    FROM (SELECT user_id, id, version FROM reopened UNION ALL SELECT * FROM ancestors) AS changed
),
answer AS (
    SELECT true AS changed, reopened.* FROM reopened
    UNION ALL
    SELECT false, target.* FROM target WHERE NOT EXISTS (SELECT FROM reopened)
)
SELECT changed, 0::bigint AS changed_subtasks,
    {task_columns}
FROM answer
