-- Adds a message to a stream, or ends it, or both.
-- $1 user  $2 stream  $3 sequence  $4 message or null  $5 does it end?
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
stream AS (
    UPDATE todo.mcp_streams
    SET is_complete = is_complete OR $5::boolean, expires_at = now() + interval '10 minutes'
    WHERE user_id = (SELECT user_id FROM acting) AND id = $2::uuid
    RETURNING user_id, id
),
added AS (
    INSERT INTO todo.mcp_stream_events (user_id, stream_id, sequence, message)
    SELECT user_id, id, $3::integer, $4::text FROM stream WHERE $4::text IS NOT NULL
    ON CONFLICT (user_id, stream_id, sequence) DO NOTHING
)
SELECT id FROM stream
