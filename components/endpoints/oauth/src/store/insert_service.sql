-- Stores a service of a person who has not too many. One that proves who it is by a key gets the hash of a secret that nobody knows.
-- $1 id, $2 name, $3 grant types, $4 hash of its secret or NULL, $5 its keys or NULL, $6 owner, $7 scopes, $8 how many they may have.
INSERT INTO todo.oauth_clients
    (id, name, redirect_uris, grant_types, auth_method, secret_hash, jwks, owner_id, service_scope, registered_at, last_used_at)
SELECT $1::text, $2::text, '{}', $3::text[], 'client_secret_basic',
    coalesce($4::bytea, sha256(gen_random_uuid()::text::bytea || gen_random_uuid()::text::bytea)),
    $5::text, $6::uuid, $7::text, now(), now()
WHERE (SELECT count(*) FROM todo.oauth_clients WHERE owner_id = $6::uuid) < $8::integer
RETURNING id
