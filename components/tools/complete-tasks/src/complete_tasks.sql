-- Completes the first open tasks that match, and tells how many there are and which it completed.
-- {status} and {ids} are fixed texts chosen by the filter (task-rows, selection/mod.rs), filters those that all statements take
-- (filter.rs). :moves are the tasks that repeat, as select_repeating.sql found them: where each goes, or that it ends here. Of
-- these an occurrence is completed, and becomes a row; what is below them opens again. What is below the others is completed with them.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
moves AS MATERIALIZED (
    SELECT id, version, due_on, due_at, due_offset, due_by, time_zone, recurrence
    FROM jsonb_to_recordset(:moves::text::jsonb) AS move (id uuid, version bigint, due_on date, due_at timestamptz,
        due_offset integer, due_by timestamptz, time_zone text, recurrence jsonb)
),
recent AS MATERIALIZED (
    -- Called again at once, it completes no occurrence more.
    SELECT task_id, version FROM todo.task_occurrences
    WHERE user_id = (SELECT user_id FROM acting) AND completed_at > :now::text::timestamptz - interval '10 minutes'
),
matching AS MATERIALIZED (
    SELECT ctid AS place, id, version, due_by, due_on, due_at, due_offset, time_zone, recurrence FROM todo.tasks
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
      AND (recurrence IS NULL OR (id, version) NOT IN (SELECT task_id, version FROM recent))
),
chosen AS MATERIALIZED (
    SELECT * FROM matching ORDER BY due_by, id LIMIT :most_changed::bigint
),
found AS MATERIALIZED (
    SELECT chosen.place, chosen.id, chosen.version, chosen.due_on, chosen.due_at, chosen.due_offset, chosen.time_zone, chosen.due_by,
        chosen.recurrence, moves.recurrence IS NOT NULL AS moves,
        CASE WHEN moves.recurrence IS NULL THEN chosen.due_on ELSE moves.due_on END AS new_due_on,
        CASE WHEN moves.recurrence IS NULL THEN chosen.due_at ELSE moves.due_at END AS new_due_at,
        CASE WHEN moves.recurrence IS NULL THEN chosen.due_offset ELSE moves.due_offset END AS new_due_offset,
        CASE WHEN moves.recurrence IS NULL THEN chosen.due_by ELSE moves.due_by END AS new_due_by,
        CASE WHEN moves.recurrence IS NULL THEN chosen.time_zone ELSE moves.time_zone END AS new_time_zone,
        coalesce(moves.recurrence, chosen.recurrence) AS new_recurrence
    FROM chosen
    LEFT JOIN moves ON moves.id = chosen.id AND moves.version = chosen.version
    WHERE chosen.recurrence IS NULL OR moves.id IS NOT NULL
),
parents AS (
    SELECT id FROM found WHERE NOT moves
),
{below},
below_completed AS MATERIALIZED (
    -- What matches is changed for itself.
    SELECT place, id, version, due_by FROM below
    WHERE completed_at IS NULL AND id NOT IN (SELECT chosen.id FROM chosen)
),
completed AS (
    UPDATE todo.tasks
    SET completed_at = CASE WHEN NOT found.moves THEN :now::text::timestamptz END,
        due_on = found.new_due_on, due_at = found.new_due_at, due_offset = found.new_due_offset,
        time_zone = found.new_time_zone, due_by = found.new_due_by, recurrence = found.new_recurrence,
        version = tasks.version + 1, updated_at = :now::text::timestamptz
    FROM found
    -- Found by where it was read: a plan that was made for few tasks would look for each among all of its user.
    WHERE tasks.ctid = found.place AND tasks.user_id = (SELECT user_id FROM acting) AND tasks.id = found.id
      -- A task that someone changed since it was chosen may match no longer: it is left to the next call.
      AND tasks.version = found.version AND tasks.completed_at IS NULL
      AND NOT :dry_run::boolean
    -- Also what it was: without statistics nothing is joined here again.
    RETURNING tasks.user_id, tasks.id, tasks.due_on, tasks.due_at, tasks.due_offset, tasks.time_zone, tasks.recurrence,
        tasks.version, tasks.completed_at, tasks.updated_at, found.moves, found.due_on AS old_due_on,
        found.due_at AS old_due_at, found.due_offset AS old_due_offset, found.time_zone AS old_time_zone,
        found.due_by AS old_due_by, found.recurrence AS old_recurrence
),
subtasks AS (
    UPDATE todo.tasks
    SET completed_at = :now::text::timestamptz, version = tasks.version + 1, updated_at = :now::text::timestamptz
    FROM below_completed
    WHERE tasks.ctid = below_completed.place AND tasks.user_id = (SELECT user_id FROM acting) AND tasks.id = below_completed.id
      AND tasks.version = below_completed.version AND tasks.completed_at IS NULL
      AND NOT :dry_run::boolean
    RETURNING tasks.user_id, tasks.id, tasks.due_by, tasks.version, tasks.completed_at, tasks.updated_at
),
moved_parents AS (
    SELECT id FROM completed WHERE moves
),
{below_moved},
opened AS (
    UPDATE todo.tasks
    SET completed_at = NULL, version = tasks.version + 1, updated_at = :now::text::timestamptz
    FROM below_moved
    WHERE tasks.ctid = below_moved.place AND tasks.user_id = (SELECT user_id FROM acting) AND tasks.id = below_moved.id
      AND tasks.version = below_moved.version AND tasks.completed_at IS NOT NULL
    RETURNING tasks.user_id, tasks.id, tasks.version
),
occurrence AS (
    INSERT INTO todo.task_occurrences (user_id, task_id, version, due_on, due_at, due_offset, time_zone, due_by, recurrence,
        completed_at)
    SELECT user_id, id, version, old_due_on, old_due_at, old_due_offset, old_time_zone, old_due_by, old_recurrence,
        :now::text::timestamptz
    FROM completed WHERE moves
),
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at)
    SELECT user_id, id, 'todo.task.completed', version, :request_id::text, :now::text::timestamptz
    FROM (SELECT user_id, id, version FROM completed UNION ALL SELECT user_id, id, version FROM subtasks) AS done
    UNION ALL
    SELECT user_id, id, 'todo.task.reopened', version, :request_id::text, :now::text::timestamptz FROM opened
),
changed AS MATERIALIZED (
    SELECT id, old_due_by AS due_by FROM completed
    UNION ALL
    SELECT id, due_by FROM subtasks
    UNION ALL
    SELECT id, due_by FROM chosen WHERE :dry_run::boolean
    UNION ALL
    SELECT id, due_by FROM below_completed WHERE :dry_run::boolean
),
answered AS MATERIALIZED (
    SELECT id AS task_id, due_by AS task_due_by FROM changed ORDER BY due_by, id LIMIT :most_answered::bigint
)
SELECT (SELECT count(*) FROM matching WHERE id NOT IN (SELECT changed.id FROM changed)) AS remaining,
    (SELECT count(*) FROM changed) AS changed,
    id IS NOT NULL AS found,
    {task_columns}
-- One row at least, for the counts.
FROM acting
LEFT JOIN answered ON true
LEFT JOIN LATERAL (
    -- The table's rows are those before this statement; what it changed is told by `completed` and `subtasks`.
    SELECT tasks.id, title, notes,
        CASE WHEN completed.id IS NULL THEN tasks.due_on ELSE completed.due_on END AS due_on,
        CASE WHEN completed.id IS NULL THEN tasks.due_at ELSE completed.due_at END AS due_at,
        CASE WHEN completed.id IS NULL THEN tasks.due_offset ELSE completed.due_offset END AS due_offset,
        coalesce(completed.time_zone, tasks.time_zone) AS time_zone, priority, labels, list_id, parent_id,
        coalesce(completed.recurrence, tasks.recurrence) AS recurrence,
        coalesce(completed.completed_at, subtasks.completed_at) AS completed_at,
        coalesce(completed.version, subtasks.version, tasks.version) AS version, created_at,
        coalesce(completed.updated_at, subtasks.updated_at, tasks.updated_at) AS updated_at
    FROM todo.tasks
    LEFT JOIN completed ON completed.id = tasks.id
    LEFT JOIN subtasks ON subtasks.id = tasks.id
    WHERE tasks.user_id = acting.user_id AND tasks.id = task_id
    -- So it is looked for by its key, once for each.
    LIMIT 1
) AS task ON true
ORDER BY task_due_by, task_id
