-- Marks a task of the version expected, or of any where none is, as deleted, and all that is below it, and tells what it was.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
target AS (
    SELECT tasks.* FROM todo.tasks
    WHERE user_id = (SELECT user_id FROM acting) AND id = :id::uuid AND deleted_at IS NULL
    FOR NO KEY UPDATE
),
deleted AS (
    UPDATE todo.tasks
    SET deleted_at = :now::text::timestamptz, version = tasks.version + 1, updated_at = :now::text::timestamptz
    FROM target
    WHERE tasks.user_id = target.user_id AND tasks.id = target.id
      AND target.version = coalesce(:expected_version::bigint, target.version)
    RETURNING tasks.user_id, tasks.id, tasks.version
),
parents AS (
    SELECT id FROM deleted
),
{below},
subtasks AS (
    -- At the same instant, by which they come back together.
    UPDATE todo.tasks
    SET deleted_at = :now::text::timestamptz, version = tasks.version + 1, updated_at = :now::text::timestamptz
    WHERE tasks.user_id = (SELECT user_id FROM acting) AND tasks.id = ANY (ARRAY(SELECT below.id FROM below))
      AND tasks.deleted_at IS NULL
    RETURNING tasks.user_id, tasks.id, tasks.version
),
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at)
    SELECT user_id, id, 'todo.task.deleted', version, :request_id::text, :now::text::timestamptz
    FROM (SELECT * FROM deleted UNION ALL SELECT * FROM subtasks) AS changed
)
SELECT EXISTS (SELECT FROM deleted) AS changed, (SELECT count(*) FROM subtasks) AS changed_subtasks,
    {task_columns}
FROM target
