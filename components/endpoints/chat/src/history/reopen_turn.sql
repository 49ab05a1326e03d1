-- Has a message answered once more: removes what came after it, takes the turn, settles the question that the message said yes
-- to, and reads what was said before it. One round trip.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
before AS MATERIALIZED (
    SELECT id, last_sequence, status, turn_id, turn_expires_at > now() AS busy
    FROM todo.conversations
    WHERE user_id = (SELECT user_id FROM acting) AND id = :conversation_id::uuid
),
message AS MATERIALIZED (
    SELECT sequence, role, kind, text, input
    FROM todo.messages
    WHERE user_id = (SELECT user_id FROM acting) AND conversation_id = :conversation_id::uuid AND id = :message_id::uuid
),
other AS MATERIALIZED (
    SELECT id
    FROM todo.thread_items
    WHERE user_id = (SELECT user_id FROM acting) AND conversation_id = :conversation_id::uuid AND id = :message_id::uuid
),
pending AS MATERIALIZED (
    -- A question that was asked before the message and given back when its answer failed.
    SELECT confirmation.calls
    FROM todo.pending_confirmations AS confirmation
    JOIN todo.messages AS asked ON asked.id = confirmation.message_id AND asked.user_id = confirmation.user_id
    WHERE confirmation.user_id = (SELECT user_id FROM acting)
      AND confirmation.conversation_id = :conversation_id::uuid
      AND confirmation.expires_at > now()
      AND confirmation.taken_by IS NULL
      AND asked.sequence < (SELECT sequence FROM message)
),
spent AS MATERIALIZED (
    SELECT coalesce(sum(input_tokens + output_tokens), 0) >= :daily_tokens::bigint AS is_all
    FROM todo.model_usage
    WHERE user_id = (SELECT user_id FROM acting) AND :daily_tokens::bigint IS NOT NULL
      AND created_at >= date_trunc('day', now(), 'UTC') AND model <> 'builtin'
),
decided AS MATERIALIZED (
    SELECT CASE
        WHEN NOT EXISTS (SELECT FROM before) THEN 'not-found'
        WHEN (SELECT status FROM before) <> 'active' THEN 'locked'
        WHEN EXISTS (SELECT FROM other) THEN 'wrong-kind'
        WHEN NOT EXISTS (SELECT FROM message) THEN 'no-item'
        WHEN (SELECT role FROM message) <> 'user' THEN 'wrong-kind'
        WHEN (SELECT busy FROM before) THEN 'busy'
        -- Nobody holds it any more: it is ended first.
        WHEN (SELECT turn_id FROM before) IS NOT NULL THEN 'lost'
        WHEN (SELECT last_sequence FROM before) <> :last_sequence::integer THEN 'busy'
        WHEN (SELECT kind FROM message) = 'confirmed' AND NOT EXISTS (SELECT FROM pending) THEN 'nothing-asked'
        WHEN :daily_tokens::bigint IS NOT NULL AND (SELECT is_all FROM spent) THEN 'spent'
        ELSE 'open'
    END AS outcome
),
taken AS (
    UPDATE todo.conversations AS conversation
    SET last_sequence = message.sequence,
        turn_id = :turn_id::uuid,
        turn_expires_at = now() + make_interval(secs => :lease_seconds::double precision),
        updated_at = now()
    FROM before, message, decided
    WHERE conversation.user_id = (SELECT user_id FROM acting)
      AND conversation.id = before.id
      AND conversation.last_sequence = before.last_sequence
      AND conversation.turn_id IS NULL
      AND decided.outcome = 'open'
    RETURNING conversation.id
),
begun AS (
    INSERT INTO todo.turns (user_id, id, conversation_id, message_id, answer_id)
    SELECT acting.user_id, :turn_id::uuid, taken.id, :message_id::uuid, :answer_id::uuid
    FROM taken, acting
),
removed AS (
    -- With what is shown beside them and what they asked.
    DELETE FROM todo.messages
    WHERE user_id = (SELECT user_id FROM acting)
      AND conversation_id IN (SELECT id FROM taken)
      AND sequence > (SELECT sequence FROM message)
),
answered AS (
    UPDATE todo.pending_confirmations
    SET taken_by = :turn_id::uuid
    WHERE user_id = (SELECT user_id FROM acting)
      AND conversation_id IN (SELECT id FROM taken)
      AND (SELECT kind FROM message) = 'confirmed'
),
newest AS (
    SELECT sequence, role, kind, text, steps, question,
           sum(char_length(text) + char_length(steps::text)) OVER (ORDER BY sequence DESC) AS total
    FROM (
        SELECT sequence, role, kind, text, steps, question
        FROM todo.messages
        WHERE user_id = (SELECT user_id FROM acting) AND conversation_id = :conversation_id::uuid
          AND sequence < (SELECT sequence FROM message) AND EXISTS (SELECT FROM taken)
        ORDER BY sequence DESC
        LIMIT 200
    ) AS latest
)
SELECT
    CASE WHEN decided.outcome = 'open' AND taken.id IS NULL THEN 'busy' ELSE decided.outcome END AS outcome,
    ceil(extract(epoch FROM date_trunc('day', now(), 'UTC') + interval '24 hours' - now()))::integer AS day_left,
    message.kind AS kind,
    message.text AS text,
    message.input::text AS input,
    CASE WHEN message.kind = 'confirmed' THEN (SELECT calls::text FROM pending) END AS confirmed_calls,
    (SELECT turn_id FROM before) AS earlier_turn,
    (SELECT json_agg(json_build_object(
                'role', role, 'kind', kind, 'text', text, 'steps', steps, 'question', question
            ) ORDER BY sequence)::text
     FROM newest
     WHERE total <= :history_characters::bigint) AS history,
    to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS opened_at
FROM decided
LEFT JOIN message ON true
LEFT JOIN taken ON true
