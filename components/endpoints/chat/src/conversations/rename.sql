-- Gives a conversation a new title, or reads it when $3 is null. Its place in the list stays.
--
-- $1 user  $2 conversation  $3 title or null
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
)
UPDATE todo.conversations
SET title = coalesce($3::text, title)
WHERE user_id = (SELECT user_id FROM acting) AND id = $2::uuid
RETURNING id::text AS id,
          title,
          to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at,
          to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS updated_at
