-- The ways in which a user signs in. $1 user.
SELECT
    id,
    provider_id,
    account_id,
    (extract(epoch FROM created_at) * 1000000)::bigint AS created_at_us,
    (extract(epoch FROM updated_at) * 1000000)::bigint AS updated_at_us
FROM todo.accounts
WHERE user_id = $1::uuid
ORDER BY created_at, provider_id
