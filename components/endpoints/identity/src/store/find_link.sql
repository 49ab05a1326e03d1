-- A link that can still be followed, and its user. $1 hash of its token, $2 purposes.
SELECT
    account_links.purpose,
    account_links.email AS link_email,
    users.id AS user_id,
    users.email,
    users.email_verified,
    users.name,
    users.image,
    users.time_zone,
    EXISTS (SELECT FROM todo.two_factor WHERE two_factor.user_id = users.id AND two_factor.enabled_at IS NOT NULL) AS two_factor_enabled,
    (extract(epoch FROM users.created_at) * 1000000)::bigint AS created_at_us,
    (extract(epoch FROM users.updated_at) * 1000000)::bigint AS updated_at_us
FROM todo.account_links
JOIN todo.users ON users.id = account_links.user_id
WHERE account_links.token_hash = $1::bytea
    AND account_links.purpose = ANY ($2::text[])
    AND account_links.expires_at > now()
