-- Other recovery codes in the place of those that are left. No row where two-factor authentication is off.
-- $1 user, $2 hashes of the codes.
UPDATE todo.two_factor
SET recovery_code_hashes = $2::text[]
WHERE user_id = $1::uuid AND enabled_at IS NOT NULL
RETURNING user_id
