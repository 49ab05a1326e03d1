-- Counts a sign-up before anything is hashed, and says whether somebody has the e-mail address. So many are free in an hour,
-- and one comes free each time that a fair share of the hour has passed. One that has to wait leaves the row as it was.
-- $1 e-mail address, $2 key of the client's network or NULL when nothing is counted, $3 now in microseconds,
-- $4 how many sign-ups are free in an hour, $5 after how many seconds without an attempt a row is deleted, $6 how many
-- such rows at most.
WITH clock (now, share) AS (
    SELECT
        'epoch'::timestamptz + $3::bigint * interval '1 microsecond',
        interval '1 hour' / greatest($4::integer, 1)
), counted AS (
    INSERT INTO todo.sign_in_attempts AS known (key, failures, last_at, allowed_from)
    SELECT $2::bytea, 1, now, now - interval '1 hour' + 2 * share
    FROM clock
    WHERE $2::bytea IS NOT NULL
    ON CONFLICT (key) DO UPDATE SET
        failures = CASE
            WHEN known.last_at < excluded.last_at - interval '1 hour' THEN 1
            ELSE known.failures + 1
        END,
        last_at = excluded.last_at,
        -- One share later than before; what was saved up over more than an hour is lost.
        allowed_from = greatest(
            known.allowed_from + (SELECT share FROM clock),
            excluded.allowed_from
        )
    WHERE known.allowed_from <= excluded.last_at
    RETURNING key
), deleted AS (
    DELETE FROM todo.sign_in_attempts
    WHERE EXISTS (SELECT FROM counted)
        AND key = ANY (ARRAY(
            SELECT key FROM todo.sign_in_attempts, clock
            WHERE last_at < now - $5::integer * interval '1 second' AND key <> $2::bytea
            ORDER BY last_at
            LIMIT $6::integer
            FOR UPDATE OF sign_in_attempts SKIP LOCKED
        ))
)
SELECT
    CASE
        WHEN $2::bytea IS NULL OR EXISTS (SELECT FROM counted) THEN 0
        ELSE greatest(1, coalesce(
            (SELECT ceil(extract(epoch FROM allowed_from - now)) FROM todo.sign_in_attempts WHERE key = $2::bytea),
            1
        ))::bigint
    END AS wait_seconds,
    EXISTS (SELECT FROM todo.users WHERE email = $1::text) AS is_taken
FROM clock
