-- What became of a device's request, and when the program may ask again. $1 hash of the device's code, $2 client, $3 seconds between two
-- questions.
WITH before AS MATERIALIZED (
    SELECT code_hash, is_allowed, expires_at, next_poll_at
    FROM todo.oauth_device_codes
    WHERE code_hash = $1::bytea AND client_id = $2::text
    FOR UPDATE
), noted AS (
    UPDATE todo.oauth_device_codes AS device
    SET next_poll_at = now() + $3::integer * interval '1 second'
    FROM before
    WHERE device.code_hash = before.code_hash
)
SELECT CASE
    WHEN is_allowed THEN 'allowed'
    WHEN NOT is_allowed THEN 'denied'
    WHEN expires_at <= now() THEN 'expired'
    WHEN next_poll_at > now() THEN 'too soon'
    ELSE 'pending'
END AS state
FROM before
