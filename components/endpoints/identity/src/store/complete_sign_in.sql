-- Starts a session after the right password: forgets the failures of the account, takes the attempt back from the
-- client's address, keeps a stronger hash if there is one, and clears what is over.
-- $1 user, $2 session, $3 hash of its token, $4 remembered, $5 expiry in microseconds, $6 address, $7 user agent,
-- $8 now in microseconds, $9 key of the account, $10 key of the client's address or NULL, $11 new password hash or NULL.
WITH clock (now) AS (
    SELECT 'epoch'::timestamptz + $8::bigint * interval '1 microsecond'
), forgiven AS (
    DELETE FROM todo.sign_in_attempts WHERE key = $9::bytea
), taken_back AS (
    UPDATE todo.sign_in_attempts
    SET failures = greatest(failures - 1, 0), allowed_from = '-infinity'
    WHERE key = $10::bytea
), forgotten AS (
    DELETE FROM todo.sign_in_attempts
    WHERE key IN (
        SELECT key FROM todo.sign_in_attempts, clock
        WHERE last_at < now - interval '1 day' AND key <> $9::bytea AND key IS DISTINCT FROM $10::bytea
        ORDER BY last_at LIMIT 20
    )
), rehashed AS (
    UPDATE todo.accounts SET password_hash = $11::text, updated_at = now
    FROM clock
    WHERE user_id = $1::uuid AND provider_id = 'credential' AND $11::text IS NOT NULL
), expired AS (
    DELETE FROM todo.sessions USING clock WHERE user_id = $1::uuid AND expires_at <= now
)
INSERT INTO todo.sessions
    (id, user_id, token_hash, remembered, expires_at, ip_address, user_agent, created_at, updated_at)
SELECT $2::uuid, $1::uuid, $3::bytea, $4::boolean,
    'epoch'::timestamptz + $5::bigint * interval '1 microsecond', $6::text, $7::text, now, now
FROM clock
RETURNING id
