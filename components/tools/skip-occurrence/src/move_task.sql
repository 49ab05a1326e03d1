-- Moves a repeating task of the version expected to another occurrence without completing the one it stands for, and tells
-- what it found otherwise.
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
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at, data)
    SELECT user_id, id, 'todo.task.updated', version, :request_id::text, :now::text::timestamptz,
        jsonb_build_object('fields', ARRAY['due'], 'skipped', true)
    FROM moved
),
answer AS (
    SELECT true AS changed, moved.* FROM moved
    UNION ALL
    SELECT false, target.* FROM target WHERE NOT EXISTS (SELECT FROM moved)
)
SELECT changed, recurrence::text AS series, 0::bigint AS changed_subtasks,
    {task_columns}
FROM answer
