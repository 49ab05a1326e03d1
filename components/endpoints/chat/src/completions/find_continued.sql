-- The conversation that these texts go on with: all that was said and answered there is the last of them. It is looked for among the
-- latest fifty, by its last answer first. One round trip.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
latest AS MATERIALIZED (
    SELECT id, updated_at
    FROM todo.conversations
    WHERE user_id = (SELECT user_id FROM acting)
    ORDER BY updated_at DESC, id DESC
    LIMIT 50
),
candidates AS MATERIALIZED (
    SELECT latest.id, latest.updated_at
    FROM latest
    CROSS JOIN LATERAL (
        SELECT text
        FROM todo.messages
        WHERE user_id = (SELECT user_id FROM acting) AND conversation_id = latest.id AND role = 'assistant'
        ORDER BY sequence DESC
        LIMIT 1
    ) AS answer
    WHERE btrim(answer.text, E' \t\r\n') = :last_text::text
    ORDER BY latest.updated_at DESC
    LIMIT 10
),
said AS MATERIALIZED (
    SELECT candidates.id, candidates.updated_at, count(*)::integer AS messages,
           array_agg(btrim(message.text, E' \t\r\n') ORDER BY message.sequence) AS texts
    FROM candidates
    CROSS JOIN LATERAL (
        SELECT sequence, role, text, lead(role) OVER (ORDER BY sequence) AS next_role
        FROM todo.messages
        WHERE user_id = (SELECT user_id FROM acting) AND conversation_id = candidates.id
    ) AS message
    -- A message without an answer was an error to the client.
    WHERE message.role = 'assistant' OR message.next_role = 'assistant'
    GROUP BY candidates.id, candidates.updated_at
)
SELECT id, messages
FROM said
WHERE texts = (:texts::text[])[cardinality(:texts::text[]) - messages + 1 :]
ORDER BY messages DESC, updated_at DESC
LIMIT 1
