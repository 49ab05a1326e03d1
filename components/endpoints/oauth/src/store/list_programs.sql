-- The programs that a person allowed something and that may still come for tokens, the last used first. $1 user.
SELECT
    oauth_clients.id AS client_id,
    oauth_clients.name,
    string_agg(oauth_grants.scope, ' ') AS scope,
    to_char(min(oauth_grants.created_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS allowed_on,
    to_char(max(oauth_grants.last_used_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS last_used_on
FROM todo.oauth_grants
JOIN todo.oauth_clients ON oauth_clients.id = oauth_grants.client_id
WHERE oauth_grants.user_id = $1::uuid AND oauth_grants.expires_at > now()
GROUP BY oauth_clients.id
ORDER BY max(oauth_grants.last_used_at) DESC
LIMIT 200
