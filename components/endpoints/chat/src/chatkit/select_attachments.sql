-- Files by their ids, or those of a message.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
)
SELECT id, name, mime_type, content, message_id IS NOT NULL AS is_sent
FROM todo.attachments
WHERE user_id = (SELECT user_id FROM acting)
  AND (id = ANY (:ids::text[]::uuid[]) OR message_id = :message_id::uuid)
ORDER BY created_at, id
