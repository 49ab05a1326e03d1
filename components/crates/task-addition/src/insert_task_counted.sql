-- Adds a task as insert_task.sql does, if the list has room for it, and tells how much it had. No row comes back when it has
-- none, or when the idempotency key has added one before, which select_task_by_key.sql tells.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
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
added AS (
    INSERT INTO todo.tasks (user_id, id, title, title_key, notes, due_on, due_at, due_offset, time_zone, due_by,
        priority, labels, created_at, updated_at, idempotency_key, fingerprint, title_words,
        label_words, notes_words, list_id, recurrence, parent_id)
    SELECT user_id, :id::uuid, :title::text, :title_key::text, :notes::text, :due_on::text::date, :due_at::text::timestamptz, :due_offset::integer,
        :time_zone::text, :due_by::text::timestamptz, :priority::smallint, :labels::text[], :now::text::timestamptz,
        :now::text::timestamptz, :idempotency_key::text, :fingerprint::bytea, :title_words::text::tsvector, :label_words::text::tsvector, :notes_words::text::tsvector,
        -- A subtask is where its parent is.
        CASE WHEN :parent_id::uuid IS NULL THEN :list_id::uuid ELSE (
            SELECT parent.list_id FROM todo.tasks AS parent WHERE parent.user_id = acting.user_id AND parent.id = :parent_id::uuid
        ) END,
        :recurrence::text::jsonb, :parent_id::uuid
    FROM acting
    WHERE (SELECT tasks FROM room) > 0
    ON CONFLICT (user_id, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
    RETURNING tasks.*
),
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at)
    SELECT user_id, id, 'todo.task.created', version, :request_id::text, created_at FROM added
)
SELECT {task_columns},
    (SELECT tasks FROM room) AS room
FROM added
