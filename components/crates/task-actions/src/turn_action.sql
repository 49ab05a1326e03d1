-- Takes an action back, or does it again: of each of its tasks what todo.actions has is put in place of what is there. The trigger that
-- records changes (todo.record_change) turns the action itself around. All of it, or nothing where a task is no longer as the action
-- left it, or what it belongs to is gone. {whose_turn} is the action that is meant where none is named, {is_choosable} what holds of one.
-- A task is as the action left it when it has that version, or one that is the same: each turn makes a version, and its event says to which
-- earlier one it goes back (same_as).
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
chosen AS MATERIALIZED (
    SELECT found.*, set_config('todo.turned_action', found.id::text, true) AS turned
    FROM (
        SELECT actions.* FROM todo.actions
        WHERE user_id = (SELECT user_id FROM acting)
          AND id = coalesce(:action_id::uuid, ({whose_turn}))
          AND recorded_at > clock_timestamp() - interval '1 day'
          AND {is_choosable}
        FOR UPDATE
    ) AS found
),
entry AS MATERIALIZED (
    SELECT entry.id, coalesce(entry."from", 0) AS from_version, entry.version,
        -- What was new is deleted.
        coalesce(entry.before, jsonb_build_object('deleted_at', :now::text)) AS before
    FROM chosen
    CROSS JOIN LATERAL jsonb_to_recordset(chosen.changes) AS entry (id uuid, "from" bigint, version bigint, before jsonb)
),
target AS MATERIALIZED (
    SELECT entry.*, found.* FROM entry
    CROSS JOIN LATERAL (
        SELECT tasks AS was, tasks.ctid AS place, tasks.version AS version_now FROM todo.tasks
        WHERE tasks.user_id = (SELECT user_id FROM acting) AND tasks.id = entry.id
        -- So it is looked for by its key, once for each; in the order of ids, so that two calls do not wait for each other.
        LIMIT 1
        FOR NO KEY UPDATE
    ) AS found
),
state AS MATERIALIZED (
    SELECT target.id, target.place, target.was, target.version AS left_version, target.before, same.first_now, same.first_left,
        same.goes_back_to, wanted.title, wanted.title_key, wanted.title_words, wanted.notes, wanted.notes_words, wanted.due_on,
        wanted.due_at, wanted.due_offset, wanted.time_zone, wanted.due_by, wanted.priority, wanted.labels, wanted.label_words,
        wanted.completed_at, wanted.deleted_at, wanted.list_id, wanted.parent_id, wanted.recurrence
    FROM target
    CROSS JOIN LATERAL (
        SELECT coalesce(max(same_as) FILTER (WHERE version = target.version_now), target.version_now) AS first_now,
            coalesce(max(same_as) FILTER (WHERE version = target.version), target.version) AS first_left,
            coalesce(max(same_as) FILTER (WHERE version = target.from_version), target.from_version) AS goes_back_to
        FROM (
            SELECT event.version, (event.data ->> 'same_as')::bigint AS same_as FROM todo.task_events AS event
            WHERE event.user_id = (SELECT user_id FROM acting) AND event.task_id = target.id AND event.data ? 'same_as'
            OFFSET 0
        ) AS turns
    ) AS same
    CROSS JOIN LATERAL jsonb_populate_record(target.was, target.before) AS wanted
),
in_the_way AS MATERIALIZED (
    SELECT state.id FROM state
    WHERE first_now <> first_left
      OR (list_id IS DISTINCT FROM (was).list_id AND list_id IS NOT NULL AND NOT EXISTS (
          SELECT FROM todo.lists WHERE lists.user_id = (SELECT user_id FROM acting) AND lists.id = state.list_id
      ))
      -- What it is below has to be there, and open for an open one.
      OR (deleted_at IS NULL AND parent_id IS NOT NULL
          AND ((was).deleted_at IS NOT NULL OR (completed_at IS NULL AND (was).completed_at IS NOT NULL))
          AND EXISTS (
              SELECT FROM todo.tasks AS parent
              WHERE parent.user_id = (SELECT user_id FROM acting) AND parent.id = state.parent_id
                AND parent.id <> ALL (ARRAY(SELECT entry.id FROM entry))
                AND (parent.deleted_at IS NOT NULL OR (parent.completed_at IS NOT NULL AND state.completed_at IS NULL))
          ))
      -- Nothing stays below what goes, nor anything open below what is done.
      OR (((deleted_at IS NOT NULL AND (was).deleted_at IS NULL) OR (completed_at IS NOT NULL AND (was).completed_at IS NULL))
          AND EXISTS (
              SELECT FROM todo.tasks AS child
              WHERE child.user_id = (SELECT user_id FROM acting) AND child.parent_id = state.id
                AND child.id <> ALL (ARRAY(SELECT entry.id FROM entry))
                AND child.deleted_at IS NULL AND (state.deleted_at IS NOT NULL OR child.completed_at IS NULL)
          ))
),
verdict AS MATERIALIZED (
    SELECT (SELECT count(*) FROM in_the_way) + (SELECT count(*) FROM entry) - (SELECT count(*) FROM state) AS overtaken,
        NOT :may_delete::boolean AND EXISTS (
            SELECT FROM state WHERE deleted_at IS NOT NULL AND (was).deleted_at IS NULL
        ) AS forbidden
),
turned AS (
    UPDATE todo.tasks
    SET title = state.title, title_key = state.title_key, title_words = state.title_words, notes = state.notes,
        notes_words = state.notes_words, due_on = state.due_on, due_at = state.due_at, due_offset = state.due_offset,
        time_zone = state.time_zone, due_by = state.due_by, priority = state.priority, labels = state.labels,
        label_words = state.label_words, completed_at = state.completed_at, deleted_at = state.deleted_at,
        list_id = state.list_id, parent_id = state.parent_id, recurrence = state.recurrence,
        version = tasks.version + 1, updated_at = :now::text::timestamptz
    FROM state, verdict
    -- Found by where it was read: a plan that was made for few tasks would look for each among all of its user.
    WHERE tasks.ctid = state.place AND tasks.user_id = (SELECT user_id FROM acting) AND tasks.id = state.id
      AND verdict.overtaken = 0 AND NOT verdict.forbidden
    -- Also what it was: without statistics nothing is joined here again.
    RETURNING tasks.user_id, tasks.id, tasks.version, tasks.completed_at, tasks.deleted_at, state.was, state.before,
        state.left_version, state.first_left, state.goes_back_to
),
no_occurrence AS (
    -- Of a repeating task, the occurrence that the action completed, or that came back with the version before this one.
    DELETE FROM todo.task_occurrences AS occurrence
    USING turned
    WHERE occurrence.user_id = (SELECT user_id FROM acting) AND occurrence.task_id = turned.id
      AND occurrence.version IN (turned.left_version, turned.first_left, turned.version - 1)
),
occurrence AS (
    -- The one that is done again, with what the task is until now.
    INSERT INTO todo.task_occurrences (user_id, task_id, version, due_on, due_at, due_offset, time_zone, due_by, recurrence,
        completed_at)
    SELECT turned.user_id, turned.id, turned.version, (was).due_on, (was).due_at, (was).due_offset, (was).time_zone, (was).due_by,
        (was).recurrence, event.occurred_at
    FROM turned
    CROSS JOIN LATERAL (
        SELECT completed.occurred_at FROM todo.task_events AS completed
        WHERE completed.user_id = (SELECT user_id FROM acting) AND completed.task_id = turned.id
          AND completed.version = turned.goes_back_to AND completed.type = 'todo.task.completed'
        LIMIT 1
    ) AS event
    WHERE turned.completed_at IS NULL AND (was).recurrence IS NOT NULL
      AND NOT EXISTS (
          SELECT FROM todo.task_occurrences AS other
          WHERE other.user_id = (SELECT user_id FROM acting) AND other.task_id = turned.id
            AND other.completed_at = event.occurred_at
      )
),
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at, data)
    SELECT user_id, id,
        CASE WHEN before ? 'deleted_at' THEN
                CASE WHEN deleted_at IS NULL THEN 'todo.task.restored' ELSE 'todo.task.deleted' END
            WHEN before ? 'completed_at' THEN
                CASE WHEN completed_at IS NULL THEN 'todo.task.reopened' ELSE 'todo.task.completed' END
            ELSE 'todo.task.updated' END,
        version, :request_id::text, :now::text::timestamptz, jsonb_build_object('same_as', goes_back_to)
    FROM turned
)
SELECT verdict.overtaken, verdict.forbidden,
    {action_columns}
FROM (
    SELECT chosen.*, (
        SELECT coalesce(jsonb_agg(jsonb_build_object('id', first.id, 'title', first.title) ORDER BY first.id), '[]')
        FROM (SELECT state.id, state.title FROM state ORDER BY state.id LIMIT 10) AS first
    ) AS tasks
    FROM chosen
) AS action
CROSS JOIN verdict
