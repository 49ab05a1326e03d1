-- Whose session this is, if it has not ended. $1 hash of its token.
SELECT users.id AS user_id, users.email
FROM todo.sessions
JOIN todo.users ON users.id = sessions.user_id
WHERE sessions.token_hash = $1::bytea AND sessions.expires_at > now()
