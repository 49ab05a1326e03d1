-- Follows a link that was sent to a new address: it becomes the user's, and every other link of the user ends. No row when the
-- link was followed before, is over, or somebody else has the address by now.
-- $1 hash of the token.
WITH followed AS (
    DELETE FROM todo.account_links
    WHERE token_hash = $1::bytea AND purpose = 'change-email' AND expires_at > now()
    RETURNING user_id, email
), ended_links AS (
    DELETE FROM todo.account_links
    WHERE user_id = (SELECT user_id FROM followed) AND token_hash <> $1::bytea
)
UPDATE todo.users SET email = followed.email, email_verified = true, updated_at = now()
FROM followed
WHERE users.id = followed.user_id
    AND NOT EXISTS (SELECT FROM todo.users AS others WHERE others.email = followed.email)
RETURNING
    users.id AS user_id,
    users.email,
    users.email_verified,
    users.name,
    users.image,
    users.time_zone,
    EXISTS (SELECT FROM todo.two_factor WHERE two_factor.user_id = users.id AND two_factor.enabled_at IS NOT NULL) AS two_factor_enabled,
    (extract(epoch FROM users.created_at) * 1000000)::bigint AS created_at_us,
    (extract(epoch FROM users.updated_at) * 1000000)::bigint AS updated_at_us
