-- A new password for somebody who is signed in. Links to set another one end; so do all sessions and the trust in browsers, where
-- that is wanted, and a new session begins. No row when the user signs in without a password.
-- $1 user, $2 password hash, $3 now in microseconds, $4 whether the sessions end, $5 session, $6 hash of its token,
-- $7 remembered, $8 expiry in microseconds, $9 address, $10 user agent.
WITH clock (now) AS (
    SELECT 'epoch'::timestamptz + $3::bigint * interval '1 microsecond'
), changed AS (
    UPDATE todo.accounts SET password_hash = $2::text, updated_at = now
    FROM clock
    WHERE user_id = $1::uuid AND provider_id = 'credential'
    RETURNING user_id
), ended_links AS (
    DELETE FROM todo.account_links
    WHERE user_id = (SELECT user_id FROM changed) AND purpose = 'reset-password'
), ended AS (
    DELETE FROM todo.sessions
    WHERE user_id = (SELECT user_id FROM changed) AND $4::boolean
), ended_trust AS (
    DELETE FROM todo.two_factor_tokens
    WHERE user_id = (SELECT user_id FROM changed) AND $4::boolean
), begun AS (
    INSERT INTO todo.sessions
        (id, user_id, token_hash, remembered, expires_at, ip_address, user_agent, created_at, updated_at)
    SELECT $5::uuid, user_id, $6::bytea, $7::boolean,
        'epoch'::timestamptz + $8::bigint * interval '1 microsecond', $9::text, $10::text, now, now
    FROM changed, clock
    WHERE $4::boolean
)
SELECT user_id FROM changed
