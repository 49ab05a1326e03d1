-- Takes back that tasks were deleted or completed, and tells which ones it was and how they are now.
-- $1 user, $2 ids, $3 deleted (or else completed), $4 now, $5 request
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
target AS MATERIALIZED (
    SELECT tasks.user_id, tasks.id FROM todo.tasks
    WHERE user_id = (SELECT user_id FROM acting) AND id = ANY ($2::text[]::uuid[])
      AND CASE WHEN $3::boolean THEN deleted_at IS NOT NULL
          ELSE deleted_at IS NULL AND completed_at IS NOT NULL END
    -- In one order, so that two calls do not wait for each other.
    ORDER BY id
    FOR UPDATE
),
restored AS (
    UPDATE todo.tasks
    SET deleted_at = NULL,
        completed_at = CASE WHEN $3::boolean THEN tasks.completed_at END,
        version = tasks.version + 1, updated_at = $4::text::timestamptz
    FROM target
    WHERE tasks.user_id = target.user_id AND tasks.id = target.id
    RETURNING tasks.*
),
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at)
    SELECT user_id, id, CASE WHEN $3::boolean THEN 'todo.task.restored' ELSE 'todo.task.reopened' END, version,
        $5::text, $4::text::timestamptz
    FROM restored
),
counted AS (
    SELECT count(*) AS changed FROM restored
)
SELECT counted.changed AS matching, counted.changed,
    restored.id IS NOT NULL AS found,
    restored.id, title, notes,
    due_on, (extract(epoch FROM due_at) * 1000000)::bigint AS due_at, due_offset, time_zone,
    priority, labels,
    (extract(epoch FROM completed_at) * 1000000)::bigint AS completed_at, version,
    (extract(epoch FROM created_at) * 1000000)::bigint AS created_at,
    (extract(epoch FROM updated_at) * 1000000)::bigint AS updated_at
-- One row at least, for the counts.
FROM counted
LEFT JOIN restored ON true
ORDER BY restored.due_by, restored.id
