-- Whether a refresh token is the one that would be exchanged. $1 grant, $2 client, $3 number of the token.
SELECT id FROM todo.oauth_grants
WHERE id = $1::uuid
    AND client_id = $2::text
    AND generation = $3::integer
    AND code_used_at IS NOT NULL
    AND expires_at > now()
