-- Counts a code for a challenge, before the code is looked at, and reads whose the challenge is. No row for one that is over or was answered with
-- too many codes. $1 hash of the token, $2 how many codes there may be.
UPDATE todo.two_factor_tokens AS tokens
SET attempts = attempts + 1
FROM todo.users
WHERE tokens.token_hash = $1::bytea
    AND tokens.purpose = 'challenge'
    AND tokens.expires_at > now()
    AND tokens.attempts <= $2::integer
    AND users.id = tokens.user_id
RETURNING
    tokens.attempts::integer AS attempts,
    tokens.remembered,
    users.id AS user_id,
    users.email,
    users.email_verified,
    users.name,
    users.image,
    users.time_zone,
    EXISTS (SELECT FROM todo.two_factor WHERE two_factor.user_id = users.id AND two_factor.enabled_at IS NOT NULL) AS two_factor_enabled,
    (extract(epoch FROM users.created_at) * 1000000)::bigint AS created_at_us,
    (extract(epoch FROM users.updated_at) * 1000000)::bigint AS updated_at_us
