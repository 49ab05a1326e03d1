-- Marks the first tasks that match as deleted, with all that is below them, and tells how many there are and what the deleted ones were.
-- {status} and {ids} are fixed texts chosen by the filter (task-rows, selection/mod.rs), filters those that all statements take
-- (filter.rs).
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
matching AS MATERIALIZED (
    SELECT ctid AS place, id, version, due_by FROM todo.tasks
    WHERE user_id = (SELECT user_id FROM acting)
      AND deleted_at IS NULL
      AND {status}
      AND {ids}
      AND due_by >= coalesce(:due_from::text::timestamptz, '-infinity')
      AND due_by <= coalesce(:due_to::text::timestamptz, 'infinity')
      AND CASE WHEN :priority::smallint IS NULL THEN true ELSE priority = :priority::smallint END
      AND CASE WHEN :list_id::uuid IS NOT NULL THEN list_id = :list_id::uuid
          WHEN :in_inbox::boolean THEN list_id IS NULL
          -- What is named is meant, also where it is archived.
          WHEN :ids::text[] IS NOT NULL THEN true
          ELSE {not_archived} END
      AND {filters}
),
chosen AS MATERIALIZED (
    SELECT place, id, version, due_by FROM matching ORDER BY due_by, id LIMIT :most_changed::bigint
),
parents AS (
    SELECT id FROM chosen
),
{below},
found AS MATERIALIZED (
    SELECT place, id, version, due_by FROM chosen
    -- What is below a task may match itself.
    UNION
    SELECT place, id, version, due_by FROM below
),
deleted AS (
    UPDATE todo.tasks
    SET deleted_at = :now::text::timestamptz, version = tasks.version + 1, updated_at = :now::text::timestamptz
    FROM found
    -- Found by where it was read: a plan that was made for few tasks would look for each among all of its user.
    WHERE tasks.ctid = found.place AND tasks.user_id = (SELECT user_id FROM acting) AND tasks.id = found.id
      -- A task that someone changed since it was chosen may match no longer: it is left to the next call.
      AND tasks.version = found.version AND tasks.deleted_at IS NULL
      AND NOT :dry_run::boolean
    RETURNING tasks.user_id, tasks.id, tasks.due_by, tasks.version
),
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at)
    SELECT user_id, id, 'todo.task.deleted', version, :request_id::text, :now::text::timestamptz FROM deleted
),
changed AS MATERIALIZED (
    SELECT id, due_by FROM deleted
    UNION ALL
    SELECT id, due_by FROM found WHERE :dry_run::boolean
),
answered AS MATERIALIZED (
    SELECT id AS task_id, due_by AS task_due_by FROM changed ORDER BY due_by, id LIMIT :most_answered::bigint
)
-- The rows as they were before this statement.
SELECT (SELECT count(*) FROM matching WHERE id NOT IN (SELECT changed.id FROM changed)) AS remaining,
    (SELECT count(*) FROM changed) AS changed,
    id IS NOT NULL AS found,
    {task_columns}
-- One row at least, for the counts.
FROM acting
LEFT JOIN answered ON true
LEFT JOIN LATERAL (
    SELECT * FROM todo.tasks
    WHERE tasks.user_id = acting.user_id AND tasks.id = task_id
    -- So it is looked for by its key, once for each.
    LIMIT 1
) AS tasks ON true
ORDER BY task_due_by, task_id
