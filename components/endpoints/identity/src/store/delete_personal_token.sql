-- Revokes a token of a user. $1 user, $2 id.
DELETE FROM todo.personal_tokens
WHERE user_id = $1::uuid AND id = $2::uuid
RETURNING id
