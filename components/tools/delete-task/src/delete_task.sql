-- Marks a task of the version expected as deleted, and tells what it was.
-- $1 user, $2 id, $3 expected version or null, $4 now, $5 request
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
target AS (
    SELECT tasks.* FROM todo.tasks
    WHERE user_id = (SELECT user_id FROM acting) AND id = $2::uuid AND deleted_at IS NULL
    FOR UPDATE
),
deleted AS (
    UPDATE todo.tasks
    SET deleted_at = $4::text::timestamptz, version = tasks.version + 1, updated_at = $4::text::timestamptz
    FROM target
    WHERE tasks.user_id = target.user_id AND tasks.id = target.id
      AND target.version = coalesce($3::bigint, target.version)
    RETURNING tasks.user_id, tasks.id, tasks.version
),
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at)
    SELECT user_id, id, 'todo.task.deleted', version, $5::text, $4::text::timestamptz FROM deleted
)
SELECT EXISTS (SELECT FROM deleted) AS changed,
    id, title, notes,
    due_on, (extract(epoch FROM due_at) * 1000000)::bigint AS due_at, due_offset, time_zone,
    priority, labels,
    (extract(epoch FROM completed_at) * 1000000)::bigint AS completed_at, version,
    (extract(epoch FROM created_at) * 1000000)::bigint AS created_at,
    (extract(epoch FROM updated_at) * 1000000)::bigint AS updated_at
FROM target
