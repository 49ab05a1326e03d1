-- Announces a file. Of those that a person has announced and not sent, the oldest are given up for it.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
surplus AS MATERIALIZED (
    SELECT id
    FROM todo.attachments
    WHERE user_id = (SELECT user_id FROM acting) AND message_id IS NULL
    ORDER BY created_at DESC, id DESC
    OFFSET :max_waiting::bigint - 1
),
given_up AS (
    DELETE FROM todo.attachments
    WHERE user_id = (SELECT user_id FROM acting) AND id IN (SELECT id FROM surplus)
),
announced AS (
    INSERT INTO todo.attachments (id, user_id, name, mime_type, size)
    SELECT :id::uuid, acting.user_id, :name::text, :mime_type::text, :size::integer
    FROM acting
    RETURNING id
)
SELECT id FROM announced
