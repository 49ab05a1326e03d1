-- A conversation with some of its messages, oldest of them first.
--
-- $1 user  $2 conversation  $3 only messages before this sequence, or null  $4 how many messages
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
latest AS (
    SELECT id, sequence, role, text, steps, created_at
    FROM todo.messages
    WHERE user_id = (SELECT user_id FROM acting)
      AND conversation_id = $2::uuid
      AND ($3::integer IS NULL OR sequence < $3::integer)
    ORDER BY sequence DESC
    LIMIT $4::bigint
)
SELECT conversation.id::text AS id,
       conversation.title,
       to_char(conversation.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at,
       to_char(conversation.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS updated_at,
       (SELECT json_agg(json_build_object(
                    'id', id, 'sequence', sequence, 'role', role, 'text', text, 'steps', steps,
                    'created_at', to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                ) ORDER BY sequence)::text
        FROM latest) AS messages,
       (SELECT json_build_object(
                    'prompt', prompt, 'calls', calls,
                    'expires_at', to_char(expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text
        FROM todo.pending_confirmations
        WHERE user_id = (SELECT user_id FROM acting) AND conversation_id = $2::uuid
          AND expires_at > now() AND taken_by IS NULL) AS question,
       CASE WHEN conversation.turn_expires_at <= now() THEN conversation.turn_id END AS lost_turn
FROM todo.conversations AS conversation
WHERE conversation.user_id = (SELECT user_id FROM acting) AND conversation.id = $2::uuid
