-- Exchanges a device's code that the person allowed, once. $1 hash of the device's code, $2 client, $3 how long the refresh token is good
-- in seconds.
WITH redeemed AS (
    UPDATE todo.oauth_grants
    SET code_used_at = now(), last_used_at = now(), expires_at = now() + $3::integer * interval '1 second'
    WHERE code_hash = $1::bytea
        AND client_id = $2::text
        AND code_challenge IS NULL
        AND code_used_at IS NULL
        AND expires_at > now()
    RETURNING id, user_id, scope, resource, nonce
), done AS (
    DELETE FROM todo.oauth_device_codes
    WHERE code_hash = $1::bytea AND client_id = $2::text AND EXISTS (SELECT FROM redeemed)
)
SELECT
    redeemed.id AS grant_id,
    redeemed.user_id,
    users.email,
    users.email_verified,
    users.name,
    users.image,
    users.time_zone,
    redeemed.scope,
    redeemed.resource,
    redeemed.nonce
FROM redeemed
JOIN todo.users ON users.id = redeemed.user_id
