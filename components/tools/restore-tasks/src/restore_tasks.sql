-- Takes back that tasks were deleted, or else completed, and tells which ones it was and how they are now. A repeating task that
-- has not changed since an occurrence of it was completed goes back to that one. What was deleted or completed with a task, in the same
-- statement and so at the same instant, comes back with it. What an open one is below is open then, too.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
target AS MATERIALIZED (
    SELECT tasks.user_id, tasks.id, tasks.version, tasks.completed_at, tasks.due_on, tasks.due_at, tasks.due_offset,
        tasks.time_zone, tasks.due_by, tasks.recurrence, tasks.deleted_at
    FROM todo.tasks
    WHERE user_id = (SELECT user_id FROM acting) AND id = ANY (:ids::text[]::uuid[])
      AND CASE WHEN :is_deletion::boolean THEN deleted_at IS NOT NULL
          ELSE deleted_at IS NULL AND (completed_at IS NOT NULL OR recurrence IS NOT NULL) END
    -- In one order, so that two calls do not wait for each other.
    ORDER BY id
    FOR NO KEY UPDATE
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
below AS MATERIALIZED (
    WITH RECURSIVE family AS (
        SELECT id, deleted_at, completed_at FROM target
        UNION
        SELECT child.id, child.deleted_at, child.completed_at
        FROM family CROSS JOIN LATERAL (
            SELECT tasks.id, tasks.deleted_at, tasks.completed_at FROM todo.tasks
            WHERE tasks.user_id = (SELECT user_id FROM acting) AND tasks.parent_id = family.id
              AND CASE WHEN :is_deletion::boolean THEN tasks.deleted_at = family.deleted_at
                  ELSE tasks.deleted_at IS NULL AND tasks.completed_at = family.completed_at END
            OFFSET 0
        ) AS child
    )
    SELECT id FROM family WHERE id NOT IN (SELECT target.id FROM target)
),
coming_back AS MATERIALIZED (
    SELECT id FROM target UNION ALL SELECT id FROM below
),
restored AS (
    UPDATE todo.tasks
    SET deleted_at = NULL,
        completed_at = CASE WHEN :is_deletion::boolean THEN tasks.completed_at END,
        due_on = wanted.due_on, due_at = wanted.due_at, due_offset = wanted.due_offset, time_zone = wanted.time_zone,
        due_by = wanted.due_by, recurrence = wanted.recurrence,
        -- Whose parent stays deleted is a subtask no more.
        parent_id = (
            SELECT parent.id FROM todo.tasks AS parent
            WHERE parent.user_id = tasks.user_id AND parent.id = tasks.parent_id
              AND (parent.deleted_at IS NULL OR parent.id IN (SELECT coming_back.id FROM coming_back))
        ),
        version = tasks.version + 1, updated_at = :now::text::timestamptz
    FROM wanted
    WHERE tasks.user_id = (SELECT user_id FROM acting) AND tasks.id = wanted.id
    RETURNING tasks.*
),
subtasks AS (
    UPDATE todo.tasks
    SET deleted_at = NULL, completed_at = CASE WHEN :is_deletion::boolean THEN tasks.completed_at END,
        version = tasks.version + 1, updated_at = :now::text::timestamptz
    WHERE tasks.user_id = (SELECT user_id FROM acting) AND tasks.id = ANY (ARRAY(SELECT below.id FROM below))
      AND CASE WHEN :is_deletion::boolean THEN tasks.deleted_at IS NOT NULL ELSE tasks.completed_at IS NOT NULL END
    RETURNING tasks.*
),
back AS MATERIALIZED (
    SELECT * FROM restored UNION ALL SELECT * FROM subtasks
),
above_1 AS (
    SELECT parent_id AS id FROM restored WHERE parent_id IS NOT NULL AND completed_at IS NULL
),
{above},
ancestors AS (
    UPDATE todo.tasks
    SET completed_at = NULL, version = tasks.version + 1, updated_at = :now::text::timestamptz
    WHERE tasks.user_id = (SELECT user_id FROM acting) AND tasks.id = ANY (ARRAY(SELECT above.id FROM above))
      AND tasks.completed_at IS NOT NULL AND tasks.deleted_at IS NULL
      AND tasks.id <> ALL (ARRAY(SELECT coming_back.id FROM coming_back))
    RETURNING tasks.user_id, tasks.id, tasks.version
),
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at)
    SELECT user_id, id, CASE WHEN :is_deletion::boolean THEN 'todo.task.restored' ELSE 'todo.task.reopened' END, version,
        :request_id::text, :now::text::timestamptz
    FROM back
    UNION ALL
    SELECT user_id, id, 'todo.task.reopened', version, :request_id::text, :now::text::timestamptz FROM ancestors
),
counted AS (
    SELECT count(*) AS changed FROM back
)
SELECT (SELECT count(*) FROM back AS child WHERE child.parent_id = back.id AND child.completed_at IS NULL) AS open_back,
    (SELECT count(*) FROM back AS child WHERE child.parent_id = back.id AND child.completed_at IS NOT NULL) AS completed_back,
    0::bigint AS remaining, counted.changed,
    back.id IS NOT NULL AS found,
    {task_columns}
-- One row at least, for the counts.
FROM counted
-- As many as are answered.
LEFT JOIN (SELECT * FROM back ORDER BY due_by, id LIMIT 100) AS back ON true
ORDER BY back.due_by, back.id
