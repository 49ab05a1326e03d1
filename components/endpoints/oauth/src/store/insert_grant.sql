-- Stores what a person allowed a program, and deletes what is over: of this person codes and grants that are too many, of all some grants
-- whose time has passed. No row when the program is not registered any more.
-- $1 grant, $2 user, $3 client, $4 scope, $5 resource, $6 hash of the code, $7 redirect URI, $8 challenge, $9 how long the code is
-- good in seconds, $10 how many codes may wait, $11 how many grants are deleted at most, $12 how many grants a person may have,
-- $13 nonce or NULL.
WITH client AS (
    UPDATE todo.oauth_clients SET last_used_at = now() WHERE id = $3::text RETURNING id
), outgrown AS (
    DELETE FROM todo.oauth_grants
    WHERE id = ANY (ARRAY(
        SELECT id FROM todo.oauth_grants
        WHERE user_id = $2::uuid AND code_used_at IS NULL
        ORDER BY created_at DESC
        OFFSET $10::integer - 1
        FOR UPDATE SKIP LOCKED
    ))
), forgotten AS (
    DELETE FROM todo.oauth_grants
    WHERE id = ANY (ARRAY(
        SELECT id FROM todo.oauth_grants
        WHERE user_id = $2::uuid AND code_used_at IS NOT NULL AND expires_at > now()
        ORDER BY last_used_at DESC
        OFFSET $12::integer - 1
        FOR UPDATE SKIP LOCKED
    ))
), over AS (
    DELETE FROM todo.oauth_grants
    WHERE id = ANY (ARRAY(
        SELECT id FROM todo.oauth_grants
        WHERE expires_at < now() AND NOT (user_id = $2::uuid AND code_used_at IS NULL)
        ORDER BY expires_at
        LIMIT $11::integer
        FOR UPDATE SKIP LOCKED
    ))
)
INSERT INTO todo.oauth_grants
    (id, client_id, user_id, scope, resource, code_hash, redirect_uri, code_challenge, nonce, created_at, last_used_at,
        expires_at)
SELECT $1::uuid, client.id, $2::uuid, $4::text, $5::text, $6::bytea, $7::text, $8::text, $13::text, now(), now(),
    now() + $9::integer * interval '1 second'
FROM client
RETURNING id
