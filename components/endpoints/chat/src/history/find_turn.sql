-- The message that a client called by this key, and how its newest turn stands.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
first AS MATERIALIZED (
    SELECT conversation_id, message_id, fingerprint
    FROM todo.turns
    WHERE user_id = (SELECT user_id FROM acting) AND idempotency_key = :idempotency_key::text
)
SELECT first.fingerprint IS NOT DISTINCT FROM :fingerprint::bytea AS is_same_input,
       first.conversation_id AS conversation_id,
       first.message_id AS message_id,
       newest.id AS turn_id,
       newest.answer_id AS answer_id,
       newest.state AS state,
       conversation.turn_id = newest.id AND conversation.turn_expires_at <= now() AS is_lost,
       message.sequence AS sequence,
       conversation.last_sequence AS last_sequence,
       conversation.title AS title,
       to_char(conversation.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS conversation_at,
       to_char(message.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS message_at
FROM first
JOIN todo.conversations AS conversation
    ON conversation.user_id = (SELECT user_id FROM acting) AND conversation.id = first.conversation_id
JOIN todo.messages AS message
    ON message.user_id = (SELECT user_id FROM acting) AND message.id = first.message_id
CROSS JOIN LATERAL (
    SELECT id, answer_id, state
    FROM todo.turns
    WHERE user_id = (SELECT user_id FROM acting) AND message_id = first.message_id
    ORDER BY created_at DESC
    LIMIT 1
) AS newest
