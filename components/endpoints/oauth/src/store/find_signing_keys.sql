-- The keys of an algorithm that sign now, the newest first; with each the number of the newest one there is, and whether that is old.
-- One row without a key where none signs. By the clock, and not by when the statement began: a key that another process has just stored may have
-- begun to sign since then. $1 algorithm, $2 after how many days a key is old; 0 for never.
WITH newest AS (
    SELECT
        coalesce(max(generation), 0) AS generation,
        coalesce($2::integer > 0 AND max(created_at) < now() - $2::integer * interval '1 day', false) AS is_old
    FROM todo.signing_keys
    WHERE algorithm = $1::text
)
SELECT newest.generation, newest.is_old, key.id, key.public_key, key.sealed_private_key
FROM newest
LEFT JOIN todo.signing_keys AS key
    ON key.algorithm = $1::text
    AND key.signs_from <= clock_timestamp()
    AND (key.retired_at IS NULL OR key.retired_at > clock_timestamp())
ORDER BY key.generation DESC
LIMIT 5
