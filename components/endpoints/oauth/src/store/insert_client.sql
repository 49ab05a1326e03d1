-- Stores a program that registered, and deletes some that nobody ever used.
-- $1 id, $2 name, $3 redirect URIs, $4 grant types, $5 how it proves who it is, $6 hash of its secret or NULL, $7 after how many
-- seconds one that was never used is deleted, $8 how many of those at most, $9 where people may be sent after they signed out,
-- $10 its keys or NULL. One that proves who it is by a key gets the hash of a secret that nobody knows.
WITH deleted AS (
    DELETE FROM todo.oauth_clients
    WHERE id = ANY (ARRAY(
        SELECT id FROM todo.oauth_clients
        WHERE last_used_at IS NULL AND registered_at < now() - $7::integer * interval '1 second'
        ORDER BY registered_at
        LIMIT $8::integer
        FOR UPDATE SKIP LOCKED
    ))
)
INSERT INTO todo.oauth_clients
    (id, name, redirect_uris, grant_types, auth_method, secret_hash, registered_at, post_logout_redirect_uris, jwks)
VALUES ($1::text, $2::text, $3::text[], $4::text[],
    CASE WHEN $10::text IS NULL THEN $5::text ELSE 'client_secret_basic' END,
    CASE WHEN $10::text IS NULL THEN $6::bytea
        ELSE sha256(gen_random_uuid()::text::bytea || gen_random_uuid()::text::bytea) END,
    now(), $9::text[], $10::text)
RETURNING id
