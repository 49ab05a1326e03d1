-- Takes a recovery code, which is good once: forgets the wrong codes before. The challenge that it answers ends.
-- $1 user, $2 hash of the code, $3 hash of the challenge or NULL for somebody who is signed in.
WITH taken AS (
    UPDATE todo.two_factor
    SET recovery_code_hashes = array_remove(recovery_code_hashes, $2::text),
        failures = 0,
        locked_until = '-infinity'
    WHERE user_id = $1::uuid
        AND enabled_at IS NOT NULL
        AND $2::text = ANY (recovery_code_hashes)
    RETURNING user_id
), answered AS (
    DELETE FROM todo.two_factor_tokens
    WHERE token_hash = $3::bytea AND user_id = (SELECT user_id FROM taken)
)
SELECT user_id FROM taken
