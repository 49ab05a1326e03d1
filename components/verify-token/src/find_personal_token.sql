-- Whose token has this hash, and what it may do. $1 hash.
SELECT user_id, scope, extract(epoch FROM expires_at)::bigint AS expires_at_s, email, name, time_zone
FROM todo.find_personal_token($1::bytea)
