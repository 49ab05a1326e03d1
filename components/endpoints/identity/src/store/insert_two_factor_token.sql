-- Stores a challenge or a browser that is asked for no code, deletes some that are over, and keeps a stronger hash of the password if there is one.
-- $1 hash of the token, $2 purpose, $3 user, $4 whether the session is to be remembered, $5 for how many seconds it is good, $6 how many of a
-- user and purpose there may be, $7 how many that are over are deleted at most, $8 new password hash or NULL.
WITH over AS (
    DELETE FROM todo.two_factor_tokens
    WHERE token_hash = ANY (ARRAY(
        SELECT token_hash FROM todo.two_factor_tokens
        WHERE expires_at <= now()
        ORDER BY expires_at
        LIMIT $7::integer
        FOR UPDATE SKIP LOCKED
    ))
), outgrown AS (
    DELETE FROM todo.two_factor_tokens
    WHERE token_hash = ANY (ARRAY(
        SELECT token_hash FROM todo.two_factor_tokens
        WHERE user_id = $3::uuid AND purpose = $2::text AND expires_at > now()
        ORDER BY created_at DESC
        OFFSET $6::integer - 1
        FOR UPDATE SKIP LOCKED
    ))
), rehashed AS (
    UPDATE todo.accounts SET password_hash = $8::text, updated_at = now()
    WHERE user_id = $3::uuid AND provider_id = 'credential' AND $8::text IS NOT NULL
)
INSERT INTO todo.two_factor_tokens (token_hash, purpose, user_id, remembered, expires_at)
SELECT $1::bytea, $2::text, id, $4::boolean, now() + $5::integer * interval '1 second'
FROM todo.users
WHERE id = $3::uuid
RETURNING user_id
