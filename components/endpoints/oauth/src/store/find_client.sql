-- A program by its id. `is_fresh` is NULL for one that registered. $1 id.
SELECT id, name, redirect_uris, grant_types, auth_method, secret_hash, post_logout_redirect_uris, jwks, owner_id,
    service_scope, document_fresh_until > now() AS is_fresh
FROM todo.oauth_clients
WHERE id = $1::text
