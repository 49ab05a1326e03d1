-- Keeps what a program's document says, in the place of what it said before, and deletes some programs that nobody ever used.
-- $1 id, $2 name, $3 redirect URIs, $4 grant types, $5 for how many seconds it is fresh, $6 after how many seconds one that was never
-- used is deleted, $7 how many of those at most, $8 where people may be sent after they signed out.
WITH deleted AS (
    DELETE FROM todo.oauth_clients
    WHERE id = ANY (ARRAY(
        SELECT id FROM todo.oauth_clients
        WHERE last_used_at IS NULL AND registered_at < now() - $6::integer * interval '1 second' AND id <> $1::text
        ORDER BY registered_at
        LIMIT $7::integer
        FOR UPDATE SKIP LOCKED
    ))
)
INSERT INTO todo.oauth_clients AS known
    (id, name, redirect_uris, grant_types, auth_method, registered_at, document_fresh_until, post_logout_redirect_uris)
VALUES ($1::text, $2::text, $3::text[], $4::text[], 'none', now(), now() + $5::integer * interval '1 second', $8::text[])
ON CONFLICT (id) DO UPDATE SET
    name = excluded.name,
    redirect_uris = excluded.redirect_uris,
    grant_types = excluded.grant_types,
    post_logout_redirect_uris = excluded.post_logout_redirect_uris,
    document_fresh_until = excluded.document_fresh_until
-- A program that registered is not described by a document.
WHERE known.document_fresh_until IS NOT NULL
RETURNING id
