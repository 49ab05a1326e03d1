-- Counts one. So many are free in an hour, and one comes free each time that a fair share of the hour has passed. One that has to wait
-- leaves the row as it was. $1 key or NULL when nothing is counted, $2 how many are free in an hour.
WITH clock (now, share) AS (
    SELECT now(), interval '1 hour' / greatest($2::integer, 1)
), counted AS (
    INSERT INTO todo.sign_in_attempts AS known (key, failures, last_at, allowed_from)
    SELECT $1::bytea, 1, now, now - interval '1 hour' + 2 * share
    FROM clock
    WHERE $1::bytea IS NOT NULL
    ON CONFLICT (key) DO UPDATE SET
        failures = CASE
            WHEN known.last_at < excluded.last_at - interval '1 hour' THEN 1
            ELSE known.failures + 1
        END,
        last_at = excluded.last_at,
        -- One share later than before; what was saved up over more than an hour is lost.
        allowed_from = greatest(known.allowed_from + (SELECT share FROM clock), excluded.allowed_from)
    WHERE known.allowed_from <= excluded.last_at
    RETURNING key
)
SELECT CASE
    WHEN $1::bytea IS NULL OR EXISTS (SELECT FROM counted) THEN 0
    ELSE greatest(1, coalesce(
        (SELECT ceil(extract(epoch FROM allowed_from - now)) FROM todo.sign_in_attempts WHERE key = $1::bytea),
        1
    ))::bigint
END AS wait_seconds
FROM clock
