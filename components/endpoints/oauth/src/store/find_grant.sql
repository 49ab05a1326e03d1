-- What a person allowed, if it is this client's and not over. $1 grant, $2 client.
SELECT
    oauth_grants.user_id,
    users.email,
    users.email_verified,
    users.name,
    users.image,
    users.time_zone,
    oauth_grants.scope,
    oauth_grants.resource,
    oauth_grants.nonce
FROM todo.oauth_grants
JOIN todo.users ON users.id = oauth_grants.user_id
WHERE oauth_grants.id = $1::uuid
    AND oauth_grants.client_id = $2::text
    AND oauth_grants.code_used_at IS NOT NULL
    AND oauth_grants.expires_at > now()
