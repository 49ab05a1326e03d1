-- Erases a conversation with everything that was said in it.
--
-- $1 user  $2 conversation
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
)
DELETE FROM todo.conversations
WHERE user_id = (SELECT user_id FROM acting) AND id = $2::uuid
RETURNING id::text AS id
