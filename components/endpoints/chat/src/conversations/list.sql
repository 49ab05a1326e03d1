-- A page of conversations, latest first.
--
-- $1 user  $2 $3 the last one of the page before (microseconds, id), or null  $4 how many
-- $5 patterns that its title or its messages have to match, each of them somewhere
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
-- Apart from the condition below, which must stay free of COALESCE to become an index condition under
-- row-level security.
last AS MATERIALIZED (
    SELECT coalesce(to_timestamp($2::bigint / 1000000.0), 'infinity') AS updated_at,
           coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid) AS id
)
SELECT id::text AS id,
       title,
       to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at,
       to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS updated_at,
       (extract(epoch FROM updated_at) * 1000000)::bigint AS position
FROM todo.conversations
WHERE user_id = (SELECT user_id FROM acting)
  AND (conversations.updated_at, conversations.id) < ((SELECT updated_at FROM last), (SELECT id FROM last))
  AND NOT EXISTS (
      SELECT FROM unnest($5::text[]) AS wanted (pattern)
      WHERE NOT (conversations.title ILIKE pattern OR EXISTS (
          SELECT FROM todo.messages
          WHERE messages.user_id = (SELECT user_id FROM acting)
            AND messages.conversation_id = conversations.id
            AND NOT messages.is_hidden
            AND messages.text ILIKE pattern
      ))
  )
ORDER BY conversations.updated_at DESC, conversations.id DESC
LIMIT $4::bigint
