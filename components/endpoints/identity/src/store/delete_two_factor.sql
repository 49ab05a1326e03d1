-- Turns two-factor authentication off, and forgets which browsers were asked for no code. $1 user.
WITH ended AS (
    DELETE FROM todo.two_factor_tokens WHERE user_id = $1::uuid
)
DELETE FROM todo.two_factor WHERE user_id = $1::uuid
RETURNING user_id
