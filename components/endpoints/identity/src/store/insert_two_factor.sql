-- Stores a secret that no code confirmed yet, in the place of one that was not confirmed either. No row where two-factor authentication is on.
-- $1 user, $2 sealed secret, $3 hashes of the recovery codes.
INSERT INTO todo.two_factor AS known (user_id, sealed_secret, recovery_code_hashes)
VALUES ($1::uuid, $2::bytea, $3::text[])
ON CONFLICT (user_id) DO UPDATE SET
    sealed_secret = excluded.sealed_secret,
    recovery_code_hashes = excluded.recovery_code_hashes,
    last_step = 0,
    created_at = excluded.created_at
WHERE known.enabled_at IS NULL
RETURNING user_id
