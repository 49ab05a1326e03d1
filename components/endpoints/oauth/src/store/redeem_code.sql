-- Exchanges a code, once. Of two that bring it at once the second waits for the first, and finds it used. A code that was used before
-- ends the grant and so all its tokens: two have it, and one of them may have stolen it (RFC 6749, section 4.1.2).
-- $1 hash of the code, $2 client, $3 challenge that the verifier answers, $4 redirect URI or NULL when the client does not say it,
-- $5 how long the refresh token is good in seconds.
WITH redeemed AS (
    UPDATE todo.oauth_grants
    SET code_used_at = now(), last_used_at = now(), expires_at = now() + $5::integer * interval '1 second'
    WHERE code_hash = $1::bytea
        AND client_id = $2::text
        AND code_used_at IS NULL
        AND expires_at > now()
        AND code_challenge = $3::text
        AND ($4::text IS NULL OR redirect_uri = $4::text)
    RETURNING id, user_id, scope, resource, nonce
), replayed AS (
    DELETE FROM todo.oauth_grants
    WHERE code_hash = $1::bytea AND client_id = $2::text AND code_used_at IS NOT NULL
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
