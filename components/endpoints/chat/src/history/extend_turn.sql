-- Holds a conversation for its turn some more, stores what was said since the last time, and tells whether the person wants the turn to
-- end. No row comes back where the conversation is no longer the turn's.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
held AS (
    UPDATE todo.conversations
    SET turn_expires_at = clock_timestamp() + make_interval(secs => :lease_seconds::double precision)
    WHERE user_id = (SELECT user_id FROM acting) AND id = :conversation_id::uuid AND turn_id = :turn_id::uuid
    RETURNING id
),
told AS (
    INSERT INTO todo.turn_events (user_id, turn_id, last_number, events)
    SELECT acting.user_id, :turn_id::uuid, :last_number::integer, :events::jsonb
    FROM held, acting
    WHERE :events::jsonb IS NOT NULL
    ON CONFLICT (user_id, turn_id, last_number) DO NOTHING
)
SELECT turn.is_cancelled AS is_cancelled
FROM held
JOIN todo.turns AS turn ON turn.user_id = (SELECT user_id FROM acting) AND turn.id = :turn_id::uuid
