-- The services of a person, the latest first. $1 owner.
SELECT
    id AS client_id,
    name,
    service_scope AS scope,
    jwks IS NOT NULL AS has_key,
    to_char(registered_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS made_on
FROM todo.oauth_clients
WHERE owner_id = $1::uuid
ORDER BY registered_at DESC, id
LIMIT 100
