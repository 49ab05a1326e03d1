-- Ends a session. $1 hash of its token.
DELETE FROM todo.sessions WHERE token_hash = $1::bytea RETURNING id
