-- Ends the session with this token, if there is one. $1 hash of the token.
DELETE FROM todo.sessions WHERE token_hash = $1::bytea RETURNING user_id
