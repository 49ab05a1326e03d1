-- The sessions of a user that have not ended, the latest first. $1 user, $2 now in microseconds.
SELECT
    id AS session_id,
    (extract(epoch FROM expires_at) * 1000000)::bigint AS expires_at_us,
    ip_address,
    user_agent,
    (extract(epoch FROM created_at) * 1000000)::bigint AS session_created_at_us,
    (extract(epoch FROM updated_at) * 1000000)::bigint AS session_updated_at_us
FROM todo.sessions
WHERE user_id = $1::uuid AND expires_at > 'epoch'::timestamptz + $2::bigint * interval '1 microsecond'
ORDER BY updated_at DESC, id DESC
