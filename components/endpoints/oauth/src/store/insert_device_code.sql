-- Stores the codes of a program on a device, and deletes some whose time is over.
-- $1 hash of the device's code, $2 hash of the person's code, $3 client, $4 scope, $5 resource, $6 how long the person has to answer in
-- seconds, $7 how many are deleted at most.
WITH over AS (
    DELETE FROM todo.oauth_device_codes
    WHERE code_hash = ANY (ARRAY(
        SELECT code_hash FROM todo.oauth_device_codes
        -- A program may still ask what became of it.
        WHERE expires_at < now() - interval '1 hour'
        ORDER BY expires_at
        LIMIT $7::integer
        FOR UPDATE SKIP LOCKED
    ))
)
INSERT INTO todo.oauth_device_codes (code_hash, user_code_hash, client_id, scope, resource, expires_at, next_poll_at)
VALUES ($1::bytea, $2::bytea, $3::text, $4::text, $5::text, now() + $6::integer * interval '1 second', now())
RETURNING client_id
