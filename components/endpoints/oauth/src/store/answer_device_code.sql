-- Keeps a person's answer to a program on a device, once, and what they allowed. No row when the time is over or it was answered.
-- $1 hash of the person's code in hexadecimal digits, $2 client, $3 grant or NULL for a no, $4 user or NULL, $5 scope, $6 resource, $7 for
-- how many seconds the tokens wait.
WITH answered AS (
    UPDATE todo.oauth_device_codes
    SET is_allowed = $3::text IS NOT NULL
    WHERE user_code_hash = decode($1::text, 'hex')
        AND client_id = $2::text
        AND is_allowed IS NULL
        AND expires_at > now()
    RETURNING code_hash, client_id
), client AS (
    UPDATE todo.oauth_clients SET last_used_at = now()
    WHERE $3::text IS NOT NULL AND id = (SELECT client_id FROM answered)
), granted AS (
    INSERT INTO todo.oauth_grants
        (id, client_id, user_id, scope, resource, code_hash, created_at, last_used_at, expires_at)
    SELECT $3::text::uuid, client_id, $4::text::uuid, $5::text, $6::text, code_hash, now(), now(),
        now() + $7::integer * interval '1 second'
    FROM answered
    WHERE $3::text IS NOT NULL
)
SELECT client_id FROM answered
