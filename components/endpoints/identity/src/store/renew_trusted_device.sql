-- Gives a browser that is asked for no code another token, and its time anew. No row for one that is not known to this user.
-- $1 user, $2 hash of the token until now, $3 hash of the next one, $4 for how many seconds it is good.
UPDATE todo.two_factor_tokens
SET token_hash = $3::bytea, expires_at = now() + $4::integer * interval '1 second'
WHERE token_hash = $2::bytea
    AND user_id = $1::uuid
    AND purpose = 'device'
    AND expires_at > now()
RETURNING user_id
