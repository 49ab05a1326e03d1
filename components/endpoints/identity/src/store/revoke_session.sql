-- Ends a session of a user, named by its token or by its id. $1 user, $2 hash of the token, $3 id or NULL.
DELETE FROM todo.sessions
WHERE user_id = $1::uuid AND (token_hash = $2::bytea OR id = $3::uuid)
RETURNING id
