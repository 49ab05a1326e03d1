-- Deletes a list of the version expected, or of any where none is, and tells what it was. Its tasks go to the inbox, which changes
-- them; those that were deleted themselves leave it by the reference. Lists that were nested in it are at the top then.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
target AS (
    SELECT lists.* FROM todo.lists
    WHERE user_id = (SELECT user_id FROM acting) AND id = :id::uuid
    FOR UPDATE
),
chosen AS (
    SELECT user_id, id FROM target WHERE version = coalesce(:expected_version::bigint, version)
),
moved AS (
    UPDATE todo.tasks
    SET list_id = NULL, version = tasks.version + 1, updated_at = :now::text::timestamptz
    FROM chosen
    WHERE tasks.user_id = (SELECT user_id FROM acting) AND tasks.list_id = chosen.id AND tasks.deleted_at IS NULL
    RETURNING tasks.user_id, tasks.id, tasks.version
),
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at, data)
    SELECT user_id, id, 'todo.task.updated', version, :request_id::text, :now::text::timestamptz,
        -- The list is gone for good, so that its tasks left it can't be taken back.
        jsonb_build_object('fields', ARRAY['list_id'], 'is_final', true)
    FROM moved
),
raised AS (
    UPDATE todo.lists
    SET parent_id = NULL, version = lists.version + 1, updated_at = :now::text::timestamptz
    FROM chosen
    WHERE lists.user_id = (SELECT user_id FROM acting) AND lists.parent_id = chosen.id
    RETURNING lists.id
),
deleted AS (
    DELETE FROM todo.lists
    USING chosen
    WHERE lists.user_id = (SELECT user_id FROM acting) AND lists.id = chosen.id
    RETURNING lists.id
)
SELECT (SELECT count(*) FROM moved) AS moved_count, (SELECT count(*) FROM raised) AS raised_count,
    EXISTS (SELECT FROM deleted) AS changed,
    {list_columns}
FROM (
    SELECT target.*, (
        SELECT count(*) FROM todo.tasks
        WHERE tasks.user_id = target.user_id AND tasks.list_id = target.id
          AND tasks.deleted_at IS NULL AND tasks.completed_at IS NULL
    ) AS open_count
    FROM target
) AS list
