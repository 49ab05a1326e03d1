-- Starts a session after the right password: forgets the failures of the account, takes the attempt back from the
-- client's network, remembers that network, keeps a stronger hash if there is one, and clears what is over.
-- $1 user, $2 session, $3 hash of its token, $4 remembered, $5 expiry in microseconds, $6 address, $7 user agent,
-- $8 now in microseconds, $9 key of the account and the client's network, $10 key of the network, $11 key of the account,
-- $12 new password hash or NULL, $13 how many networks are remembered.
WITH clock (now) AS (
    SELECT 'epoch'::timestamptz + $8::bigint * interval '1 microsecond'
), locked AS MATERIALIZED (
    SELECT key
    FROM todo.sign_in_attempts
    WHERE key = ANY (ARRAY[$9::bytea, $10::bytea, $11::bytea])
    -- Everybody locks in the same order.
    ORDER BY key
    FOR UPDATE
), forgiven AS (
    DELETE FROM todo.sign_in_attempts
    WHERE key = ANY (ARRAY(SELECT key FROM locked)) AND key <> $10::bytea
), taken_back AS (
    UPDATE todo.sign_in_attempts
    SET failures = greatest(failures - 1, 0), allowed_from = '-infinity'
    WHERE key = ANY (ARRAY(SELECT key FROM locked)) AND key = $10::bytea
), remembered AS (
    INSERT INTO todo.known_networks (user_id, network, last_at)
    SELECT $1::uuid, $10::bytea, now FROM clock
    ON CONFLICT (user_id, network) DO UPDATE SET last_at = excluded.last_at
), outgrown AS (
    DELETE FROM todo.known_networks
    WHERE user_id = $1::uuid
        AND network = ANY (ARRAY(
            SELECT network FROM todo.known_networks
            WHERE user_id = $1::uuid AND network <> $10::bytea
            ORDER BY last_at DESC
            OFFSET $13::integer - 1
            FOR UPDATE SKIP LOCKED
        ))
), rehashed AS (
    UPDATE todo.accounts SET password_hash = $12::text, updated_at = now
    FROM clock
    WHERE user_id = $1::uuid AND provider_id = 'credential' AND $12::text IS NOT NULL
), expired AS (
    DELETE FROM todo.sessions USING clock WHERE user_id = $1::uuid AND expires_at <= now
)
INSERT INTO todo.sessions
    (id, user_id, token_hash, remembered, expires_at, ip_address, user_agent, created_at, updated_at)
SELECT $2::uuid, $1::uuid, $3::bytea, $4::boolean,
    'epoch'::timestamptz + $5::bigint * interval '1 microsecond', $6::text, $7::text, now, now
FROM clock
RETURNING id
