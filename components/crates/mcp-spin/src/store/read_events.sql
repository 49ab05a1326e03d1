-- What was sent on a session's stream after an event.
-- $1 user  $2 stream  $3 session  $4 sequence of the event
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
)
SELECT stream.is_complete, stream.is_cancelled,
    (SELECT json_agg(json_build_array(event.sequence, event.message) ORDER BY event.sequence)::text
     FROM todo.mcp_stream_events AS event
     WHERE event.user_id = (SELECT user_id FROM acting)
       AND event.stream_id = $2::uuid
       AND event.sequence > $4::integer) AS events
FROM todo.mcp_streams AS stream
WHERE stream.user_id = (SELECT user_id FROM acting) AND stream.id = $2::uuid AND stream.session_id = $3::uuid
