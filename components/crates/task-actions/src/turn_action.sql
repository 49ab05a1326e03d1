-- Takes an action back, or does it again: of each of its tasks what todo.task_versions has is put in place of what is there. The trigger
-- that keeps versions (todo.keep_versions) keeps what is replaced by that, for the next turn. All of it, or nothing where a task is no
-- longer as the action left it, or what it belongs to is gone. {is_choosable} says which actions can be turned this way, {first} which
-- one is meant where none is named.
-- A task is as the action left it when it has that version, or one that is the same: each turn makes a version, and its event says to which
-- earlier one it goes back (same_as).
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
{yesterday},
chosen AS MATERIALIZED (
    SELECT event.transaction_id, coalesce(turned.last_turn, event.transaction_id) AS last_turn
    FROM todo.task_events AS event
    LEFT JOIN todo.turned_actions AS turned
        ON turned.user_id = (SELECT user_id FROM acting) AND turned.transaction_id = event.transaction_id
    WHERE event.user_id = (SELECT user_id FROM acting)
      AND {is_recent} AND NOT event.data ?| ARRAY['same_as', 'is_final']
      AND event.transaction_id = coalesce(:transaction_id::text::xid8, event.transaction_id)
      AND {is_choosable}
    ORDER BY {first} DESC
    LIMIT 1
),
entry AS MATERIALIZED (
    SELECT event.task_id AS id, coalesce(kept.version, 0) AS from_version, event.version,
        -- What was new is deleted.
        CASE event.type WHEN 'todo.task.created' THEN jsonb_build_object('deleted_at', :now::text) ELSE kept.task END AS before
    FROM chosen
    CROSS JOIN LATERAL (
        SELECT event.* FROM todo.task_events AS event
        WHERE event.user_id = (SELECT user_id FROM acting) AND event.transaction_id = chosen.last_turn
        OFFSET 0
    ) AS event
    LEFT JOIN LATERAL (
        SELECT kept.version, kept.task FROM todo.task_versions AS kept
        WHERE kept.user_id = (SELECT user_id FROM acting) AND kept.transaction_id = chosen.last_turn
          AND kept.task_id = event.task_id
        -- So it is looked for by its key.
        LIMIT 1
    ) AS kept ON true
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
    WHERE entry.before IS NOT NULL
),
state AS MATERIALIZED (
    SELECT target.id, target.place, target.was, target.version AS left_version, same.first_now, same.first_left,
        same.goes_back_to, wanted.title, wanted.title_key, wanted.title_words, wanted.notes, wanted.notes_words, wanted.due_on,
        wanted.due_at, wanted.due_offset, wanted.time_zone, wanted.due_by, wanted.priority, wanted.labels, wanted.label_words,
        wanted.completed_at, wanted.deleted_at, wanted.parent_id, wanted.recurrence,
        -- What was in a list that is gone is in the inbox, as what was in it when it went.
        (
            SELECT lists.id FROM todo.lists
            WHERE lists.user_id = (SELECT user_id FROM acting) AND lists.id = wanted.list_id
        ) AS list_id
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
    RETURNING tasks.user_id, tasks.id, tasks.version, tasks.completed_at, tasks.deleted_at, state.was,
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
        CASE WHEN deleted_at IS NULL AND (was).deleted_at IS NOT NULL THEN 'todo.task.restored'
            WHEN deleted_at IS NOT NULL AND (was).deleted_at IS NULL THEN 'todo.task.deleted'
            WHEN completed_at IS NULL AND (was).completed_at IS NOT NULL THEN 'todo.task.reopened'
            WHEN completed_at IS NOT NULL AND (was).completed_at IS NULL THEN 'todo.task.completed'
            ELSE 'todo.task.updated' END,
        version, :request_id::text, :now::text::timestamptz, jsonb_build_object('same_as', goes_back_to)
    FROM turned
),
turned_action AS (
    INSERT INTO todo.turned_actions (user_id, transaction_id, last_turn, undone, turned_at)
    SELECT acting.user_id, chosen.transaction_id, pg_current_xact_id(), {is_undo}, clock_timestamp()
    FROM acting, chosen, verdict
    WHERE verdict.overtaken = 0 AND NOT verdict.forbidden
    ON CONFLICT (user_id, transaction_id) DO UPDATE
        SET last_turn = excluded.last_turn, undone = excluded.undone, turned_at = excluded.turned_at
)
SELECT verdict.overtaken, verdict.forbidden,
    {action_columns}
FROM (
    SELECT {action_summary}, event.transaction_id, {is_undo} AS undone, (
            SELECT coalesce(jsonb_agg(jsonb_build_object('id', first.id, 'title', first.title) ORDER BY first.id), '[]')
            FROM (SELECT state.id, state.title FROM state ORDER BY state.id LIMIT 10) AS first
        ) AS tasks
    FROM todo.task_events AS event
    WHERE event.user_id = (SELECT user_id FROM acting) AND event.transaction_id = (SELECT transaction_id FROM chosen)
    GROUP BY event.transaction_id
) AS action
CROSS JOIN verdict
