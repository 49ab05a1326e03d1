-- Gives a token of a user another name. $1 user, $2 id, $3 name.
UPDATE todo.personal_tokens SET name = $3::text, updated_at = now()
WHERE user_id = $1::uuid AND id = $2::uuid
RETURNING
    id,
    name,
    start,
    scope,
    (extract(epoch FROM created_at) * 1000000)::bigint AS created_at_us,
    (extract(epoch FROM updated_at) * 1000000)::bigint AS updated_at_us,
    (extract(epoch FROM expires_at) * 1000000)::bigint AS expires_at_us,
    (extract(epoch FROM last_used_at) * 1000000)::bigint AS last_used_at_us
