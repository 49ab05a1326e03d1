-- Counts a code before it is looked at, so that codes sent at once all count, and reads what it is checked with. One that has to wait is
-- counted nowhere. After so many wrong ones each further one doubles the wait.
-- $1 user, $2 how many wrong codes are free, $3 the first wait in seconds, $4 the longest.
WITH known AS MATERIALIZED (
    SELECT user_id, sealed_secret, enabled_at, locked_until
    FROM todo.two_factor
    WHERE user_id = $1::uuid
    FOR UPDATE
), counted AS (
    UPDATE todo.two_factor
    SET failures = two_factor.failures + 1,
        locked_until = CASE
            WHEN two_factor.failures + 1 < $2::integer THEN '-infinity'
            ELSE now() + least($4::integer, $3::integer * 2 ^ least(two_factor.failures + 1 - $2::integer, 20)) * interval '1 second'
        END
    FROM known
    WHERE two_factor.user_id = $1::uuid AND known.locked_until <= now()
)
SELECT
    sealed_secret,
    enabled_at IS NOT NULL AS is_enabled,
    CASE WHEN locked_until > now() THEN ceil(extract(epoch FROM locked_until - now()))::bigint ELSE 0 END AS wait_seconds
FROM known
