-- Follows a link to confirm an address, if it is still the user's. No row when the link was followed before or is over.
-- $1 hash of the token.
WITH followed AS (
    DELETE FROM todo.account_links
    WHERE token_hash = $1::bytea AND purpose = 'verify-email' AND expires_at > now()
    RETURNING user_id, email
)
UPDATE todo.users SET email_verified = true, updated_at = now()
FROM followed
WHERE users.id = followed.user_id AND users.email = followed.email
RETURNING users.id AS user_id
