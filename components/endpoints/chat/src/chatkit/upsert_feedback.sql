-- Keeps what a person thinks of items of a conversation, if all of them are there.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
thread AS MATERIALIZED (
    SELECT id
    FROM todo.conversations
    WHERE user_id = (SELECT user_id FROM acting) AND id = :conversation_id::uuid
),
found AS MATERIALIZED (
    SELECT id
    FROM todo.messages
    WHERE user_id = (SELECT user_id FROM acting) AND conversation_id = :conversation_id::uuid
      AND id = ANY (:item_ids::text[]::uuid[]) AND NOT is_hidden
    UNION ALL
    SELECT id
    FROM todo.thread_items
    WHERE user_id = (SELECT user_id FROM acting) AND conversation_id = :conversation_id::uuid
      AND id = ANY (:item_ids::text[]::uuid[])
),
kept AS (
    INSERT INTO todo.item_feedback (item_id, conversation_id, user_id, kind)
    SELECT found.id, thread.id, acting.user_id, :kind::text
    FROM found, thread, acting
    WHERE (SELECT count(*) FROM found) = cardinality(:item_ids::text[])
    ON CONFLICT (item_id) DO UPDATE SET kind = excluded.kind, created_at = now()
    RETURNING item_id
)
SELECT EXISTS (SELECT FROM thread) AS is_thread,
       (SELECT count(*) FROM kept) AS kept
FROM acting
