-- Keeps the content of a file that was announced and not sent yet.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
uploaded AS (
    UPDATE todo.attachments
    SET content = :content::text
    WHERE user_id = (SELECT user_id FROM acting) AND id = :id::uuid AND message_id IS NULL
    RETURNING id, name, mime_type
)
SELECT id, name, mime_type FROM uploaded
