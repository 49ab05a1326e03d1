-- The session with this token and its user. $1 hash of the token, $2 now in microseconds.
SELECT
    sessions.id AS session_id,
    sessions.remembered,
    (extract(epoch FROM sessions.expires_at) * 1000000)::bigint AS expires_at_us,
    sessions.ip_address,
    sessions.user_agent,
    (extract(epoch FROM sessions.created_at) * 1000000)::bigint AS session_created_at_us,
    (extract(epoch FROM sessions.updated_at) * 1000000)::bigint AS session_updated_at_us,
    users.id AS user_id,
    users.email,
    users.email_verified,
    users.name,
    users.image,
    users.time_zone,
    EXISTS (SELECT FROM todo.two_factor WHERE two_factor.user_id = users.id AND two_factor.enabled_at IS NOT NULL) AS two_factor_enabled,
    (extract(epoch FROM users.created_at) * 1000000)::bigint AS created_at_us,
    (extract(epoch FROM users.updated_at) * 1000000)::bigint AS updated_at_us
FROM todo.sessions
JOIN todo.users ON users.id = sessions.user_id
WHERE sessions.token_hash = $1::bytea
    AND sessions.expires_at > 'epoch'::timestamptz + $2::bigint * interval '1 microsecond'
