-- Erases a file. The message that it was sent with still names it.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
erased AS (
    DELETE FROM todo.attachments
    WHERE user_id = (SELECT user_id FROM acting) AND id = :id::uuid
    RETURNING id
)
SELECT id FROM erased
