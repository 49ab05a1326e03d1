-- Keeps the keys of another issuer. $1 issuer, $2 a JSON Web Key Set, $3 for how many seconds they count.
UPDATE todo.issuer_keys
SET keys = $2::text, fetched_at = clock_timestamp(), fresh_until = clock_timestamp() + $3::integer * interval '1 second'
WHERE issuer = $1::text
RETURNING issuer
