-- Moves the expiry of a session that is still there. $1 session, $2 its user, $3 expiry and $4 now in microseconds.
UPDATE todo.sessions
SET expires_at = 'epoch'::timestamptz + $3::bigint * interval '1 microsecond',
    updated_at = 'epoch'::timestamptz + $4::bigint * interval '1 microsecond'
WHERE id = $1::uuid AND user_id = $2::uuid
RETURNING id
