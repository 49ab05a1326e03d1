-- Ends the sessions of a user, all of them or all but one. $1 user, $2 the one that stays or NULL.
DELETE FROM todo.sessions
WHERE user_id = $1::uuid AND ($2::uuid IS NULL OR id <> $2::uuid)
RETURNING id
