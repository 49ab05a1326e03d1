-- The secret of a user's authenticator. $1 user.
SELECT sealed_secret, enabled_at IS NOT NULL AS is_enabled
FROM todo.two_factor
WHERE user_id = $1::uuid
