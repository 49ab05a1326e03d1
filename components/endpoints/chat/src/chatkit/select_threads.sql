-- A page of conversations by when they were last spoken in, and whether the one it goes on after is there: all of them, or
-- those whose title or messages match each of the patterns.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
last AS MATERIALIZED (
    SELECT updated_at, id
    FROM todo.conversations
    WHERE user_id = (SELECT user_id FROM acting) AND id = :after::uuid
),
page AS MATERIALIZED (
    SELECT id, title, created_at, updated_at, status, status_reason, last_sequence
    FROM todo.conversations
    WHERE user_id = (SELECT user_id FROM acting)
      AND (:after::uuid IS NULL
           OR CASE WHEN :descending::boolean THEN (updated_at, id) < (SELECT updated_at, id FROM last)
                   ELSE (updated_at, id) > (SELECT updated_at, id FROM last) END)
      AND NOT EXISTS (
          SELECT FROM unnest(:patterns::text[]) AS wanted (pattern)
          WHERE NOT (conversations.title ILIKE pattern OR EXISTS (
              SELECT FROM todo.messages
              WHERE messages.user_id = (SELECT user_id FROM acting)
                AND messages.conversation_id = conversations.id
                AND NOT messages.is_hidden
                AND messages.text ILIKE pattern
          ))
      )
    ORDER BY CASE WHEN :descending::boolean THEN updated_at END DESC, CASE WHEN :descending::boolean THEN id END DESC,
             updated_at, id
    LIMIT :limit::bigint
)
SELECT :after::uuid IS NULL OR EXISTS (SELECT FROM last) AS is_after_known,
       (SELECT json_agg(json_build_object(
                    'id', id,
                    'title', title,
                    'created_at', to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                    'status', status,
                    'status_reason', status_reason,
                    'last_sequence', last_sequence
                ) ORDER BY CASE WHEN :descending::boolean THEN updated_at END DESC,
                           CASE WHEN :descending::boolean THEN id END DESC, updated_at, id)::text
        FROM page) AS threads
FROM acting
