-- An item of a conversation, and whether anything can be done there.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
)
SELECT thread.status AS status,
       coalesce(item.kind, message.role) AS kind,
       item.message_id::text AS message_id,
       item.content::text AS content,
       to_char(item.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at,
       EXISTS (
           SELECT FROM todo.pending_confirmations
           WHERE user_id = (SELECT user_id FROM acting) AND conversation_id = thread.id
             AND message_id = item.message_id AND expires_at > now() AND taken_by IS NULL
       ) AS is_open
FROM todo.conversations AS thread
LEFT JOIN todo.messages AS message
    ON message.user_id = (SELECT user_id FROM acting) AND message.conversation_id = thread.id
    AND message.id = :item_id::uuid
LEFT JOIN todo.thread_items AS item
    ON item.user_id = (SELECT user_id FROM acting) AND item.conversation_id = thread.id AND item.id = :item_id::uuid
WHERE thread.user_id = (SELECT user_id FROM acting) AND thread.id = :conversation_id::uuid
