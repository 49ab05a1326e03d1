-- Completes the first open tasks that match, and tells how many there are and which it completed.
-- {status} and {ids} are fixed texts chosen by the filter (task-rows, selection/mod.rs). A filter that is null does not
-- filter; :not_overdue_at leaves out what is open and was due before this instant.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
matching AS MATERIALIZED (
    SELECT id, version, due_by FROM todo.tasks
    WHERE user_id = (SELECT user_id FROM acting)
      AND deleted_at IS NULL
      AND {status}
      AND {ids}
      AND due_by >= coalesce(:due_from::text::timestamptz, '-infinity')
      AND due_by <= coalesce(:due_to::text::timestamptz, 'infinity')
      AND CASE WHEN :priority::smallint IS NULL THEN true ELSE priority = :priority::smallint END
      AND CASE WHEN :label::text IS NULL THEN true ELSE :label::text = ANY (labels) END
      AND CASE WHEN :list_id::uuid IS NOT NULL THEN list_id = :list_id::uuid
          WHEN :in_inbox::boolean THEN list_id IS NULL
          -- What is named is meant, also where it is archived.
          WHEN :ids::text[] IS NOT NULL THEN true
          ELSE {not_archived} END
      AND CASE WHEN :words::text IS NULL THEN true
          ELSE (title_words || label_words || notes_words) @@ :words::text::tsquery END
      AND CASE WHEN :not_overdue_at::text IS NULL THEN true
          ELSE completed_at IS NOT NULL OR due_by >= :not_overdue_at::text::timestamptz END
),
chosen AS MATERIALIZED (
    SELECT id, version, due_by FROM matching ORDER BY due_by, id LIMIT :most_changed::bigint
),
completed AS (
    UPDATE todo.tasks
    SET completed_at = :now::text::timestamptz, version = tasks.version + 1, updated_at = :now::text::timestamptz
    FROM chosen
    WHERE tasks.user_id = (SELECT user_id FROM acting) AND tasks.id = chosen.id
      -- A task that someone changed since it was chosen may match no longer: it is left to the next call.
      AND tasks.version = chosen.version AND tasks.completed_at IS NULL
      AND NOT :dry_run::boolean
    RETURNING tasks.user_id, tasks.id, tasks.due_by, tasks.version, tasks.completed_at, tasks.updated_at
),
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at)
    SELECT user_id, id, 'todo.task.completed', version, :request_id::text, :now::text::timestamptz FROM completed
),
changed AS MATERIALIZED (
    SELECT id, due_by, version, completed_at, updated_at FROM completed
    UNION ALL
    SELECT id, due_by, version, NULL, NULL FROM chosen WHERE :dry_run::boolean
),
answered AS MATERIALIZED (
    SELECT id AS task_id, due_by AS task_due_by, version AS new_version, completed_at AS new_completed_at,
        updated_at AS new_updated_at
    FROM changed ORDER BY due_by, id LIMIT :most_answered::bigint
)
SELECT (SELECT count(*) FROM matching) AS matching, (SELECT count(*) FROM changed) AS changed,
    id IS NOT NULL AS found,
    {task_columns}
-- One row at least, for the counts.
FROM acting
LEFT JOIN answered ON true
LEFT JOIN LATERAL (
    -- The table's rows are those before this statement; what it changed is told by `answered`.
    SELECT id, title, notes, due_on, due_at, due_offset, time_zone, priority, labels, list_id,
        new_completed_at AS completed_at, new_version AS version, created_at,
        coalesce(new_updated_at, updated_at) AS updated_at
    FROM todo.tasks
    WHERE tasks.user_id = acting.user_id AND id = task_id
) AS task ON true
ORDER BY task_due_by, task_id
