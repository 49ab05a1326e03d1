-- A turn of a conversation, or its newest where none is named, with what it has said after an event. Its columns are null where there is none.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
turn AS MATERIALIZED (
    SELECT id, message_id, answer_id, state
    FROM todo.turns
    WHERE user_id = (SELECT user_id FROM acting) AND conversation_id = :conversation_id::uuid
      AND (:turn_id::uuid IS NULL OR id = :turn_id::uuid)
    ORDER BY created_at DESC
    LIMIT 1
)
SELECT turn.id AS turn_id,
       turn.message_id AS message_id,
       turn.answer_id AS answer_id,
       turn.state AS state,
       coalesce(conversation.turn_id = turn.id, false) AS is_held,
       coalesce(conversation.turn_expires_at <= now(), false) AS is_lost,
       (SELECT json_agg(told.events ORDER BY told.last_number)::text
        FROM todo.turn_events AS told
        WHERE told.user_id = (SELECT user_id FROM acting) AND told.turn_id = (SELECT id FROM turn)
          AND told.last_number > :after::integer) AS events
FROM todo.conversations AS conversation
LEFT JOIN turn ON true
WHERE conversation.user_id = (SELECT user_id FROM acting) AND conversation.id = :conversation_id::uuid
