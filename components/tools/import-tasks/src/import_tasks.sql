-- Adds tasks, each but where the list has the like already; all of them or, where there is no room for all, none. Tells how many
-- are new, how many the list had room for, and the first ten that were added.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
entry AS MATERIALIZED (
    SELECT *
    FROM json_to_recordset(:entries::text::json) AS entry (id uuid, title text, title_key text, notes text, due_on date,
        due_at timestamptz, due_offset integer, time_zone text, due_by timestamptz, priority smallint, labels text[],
        completed_at timestamptz, parent_id uuid, title_words text, label_words text, notes_words text)
),
fresh AS MATERIALIZED (
    SELECT * FROM entry
    WHERE NOT EXISTS (
        SELECT FROM todo.tasks
        WHERE tasks.user_id = (SELECT user_id FROM acting) AND tasks.deleted_at IS NULL
          AND tasks.title_key = entry.title_key AND tasks.due_by = entry.due_by
          AND (tasks.completed_at IS NULL) = (entry.completed_at IS NULL)
    )
),
room AS MATERIALIZED (
    -- No further than to the limit.
    SELECT :max_tasks::integer - count(*)::integer AS tasks
    FROM (
        SELECT FROM todo.tasks
        WHERE user_id = (SELECT user_id FROM acting) AND deleted_at IS NULL
        LIMIT :max_tasks::integer
    ) AS counted
),
counted AS MATERIALIZED (
    SELECT (SELECT count(*) FROM fresh) AS fresh, (SELECT tasks FROM room) AS room
),
added AS (
    INSERT INTO todo.tasks (user_id, id, title, title_key, notes, due_on, due_at, due_offset, time_zone, due_by,
        priority, labels, completed_at, created_at, updated_at, title_words, label_words, notes_words, parent_id)
    SELECT acting.user_id, fresh.id, title, title_key, notes, due_on, due_at, due_offset, time_zone, due_by, priority, labels,
        completed_at, :now::text::timestamptz, :now::text::timestamptz, title_words::tsvector, label_words::tsvector,
        notes_words::tsvector,
        CASE WHEN fresh.parent_id IS NULL THEN NULL
            WHEN fresh.parent_id IN (SELECT other.id FROM fresh AS other) THEN fresh.parent_id
            -- The list has its parent already: where that can have subtasks of any depth.
            ELSE (
                SELECT tasks.id
                FROM entry AS parent
                JOIN todo.tasks ON tasks.user_id = acting.user_id AND tasks.deleted_at IS NULL
                  AND tasks.title_key = parent.title_key AND tasks.due_by = parent.due_by
                  AND (tasks.completed_at IS NULL) = (parent.completed_at IS NULL)
                WHERE parent.id = fresh.parent_id AND tasks.parent_id IS NULL AND tasks.list_id IS NULL
                ORDER BY tasks.id
                LIMIT 1
            ) END
    FROM acting, fresh, counted
    WHERE NOT :dry_run::boolean AND counted.fresh <= counted.room
    RETURNING tasks.*
),
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at)
    SELECT user_id, id, 'todo.task.created', version, :request_id::text, created_at FROM added
),
first_added AS (
    SELECT * FROM added ORDER BY id LIMIT 10
)
SELECT counted.fresh, counted.room,
    first_added.id IS NOT NULL AS found,
    {task_columns}
-- One row at least, for the counts.
FROM counted
LEFT JOIN first_added ON true
ORDER BY first_added.id
