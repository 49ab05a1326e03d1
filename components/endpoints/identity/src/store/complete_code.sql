-- Takes a right code, if neither it nor a later one was taken: forgets the wrong ones, and turns two-factor authentication on with the first.
-- The challenge that it answers ends.
-- $1 user, $2 the sealed secret that the code was checked with, $3 its 30 seconds, $4 the secret sealed anew or NULL, $5 hash of the
-- challenge or NULL for somebody who is signed in.
WITH taken AS (
    UPDATE todo.two_factor
    SET last_step = $3::bigint,
        failures = 0,
        locked_until = '-infinity',
        enabled_at = coalesce(enabled_at, now()),
        sealed_secret = coalesce($4::bytea, sealed_secret)
    WHERE user_id = $1::uuid
        AND sealed_secret = $2::bytea
        AND last_step < $3::bigint
        AND (enabled_at IS NOT NULL OR $5::bytea IS NULL)
    RETURNING user_id
), answered AS (
    DELETE FROM todo.two_factor_tokens
    WHERE token_hash = $5::bytea AND user_id = (SELECT user_id FROM taken)
)
SELECT user_id FROM taken
