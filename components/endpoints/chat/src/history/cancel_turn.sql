-- Says of the turn that a conversation has that it is to end before its next call. The turn's id comes back, or null where nothing is
-- being answered.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
conversation AS MATERIALIZED (
    SELECT id, turn_id
    FROM todo.conversations
    WHERE user_id = (SELECT user_id FROM acting) AND id = :conversation_id::uuid
),
cancelled AS (
    UPDATE todo.turns
    SET is_cancelled = true
    WHERE user_id = (SELECT user_id FROM acting) AND id = (SELECT turn_id FROM conversation) AND state = 'running'
    RETURNING id
)
SELECT cancelled.id AS turn_id
FROM conversation
LEFT JOIN cancelled ON true
