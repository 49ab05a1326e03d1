-- The tokens of a user, the latest first, those that have ended too; or the one with an id. $1 user, $2 id or NULL.
SELECT
    id,
    name,
    start,
    scope,
    (extract(epoch FROM created_at) * 1000000)::bigint AS created_at_us,
    (extract(epoch FROM updated_at) * 1000000)::bigint AS updated_at_us,
    (extract(epoch FROM expires_at) * 1000000)::bigint AS expires_at_us,
    (extract(epoch FROM last_used_at) * 1000000)::bigint AS last_used_at_us
FROM todo.personal_tokens
WHERE user_id = $1::uuid AND ($2::uuid IS NULL OR id = $2::uuid)
ORDER BY created_at DESC, id DESC
