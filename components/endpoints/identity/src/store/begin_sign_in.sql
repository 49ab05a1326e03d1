-- Counts an attempt before the password is looked at, so that guesses made at once count too, and reads the account.
-- $1 e-mail address, $2 key of the account, $3 key of the client's address or NULL, $4 now in microseconds,
-- $5 and $6 how many failures are free for an account and for an address, $7 the longest wait in seconds,
-- $8 after how many seconds without an attempt failures are forgotten.
WITH clock (now) AS (
    SELECT 'epoch'::timestamptz + $4::bigint * interval '1 microsecond'
), attempts (key, free) AS (
    SELECT $2::bytea, $5::integer
    UNION ALL
    SELECT $3::bytea, $6::integer WHERE $3::bytea IS NOT NULL
), counted AS (
    INSERT INTO todo.sign_in_attempts AS known (key, failures, last_at, allowed_from)
    SELECT key, 1, now, '-infinity'
    FROM attempts, clock
    -- Everybody locks in the same order.
    ORDER BY key
    ON CONFLICT (key) DO UPDATE SET (failures, last_at, allowed_from) = (
        SELECT
            CASE WHEN is_refused THEN known.failures ELSE next END,
            CASE WHEN is_refused THEN known.last_at ELSE excluded.last_at END,
            CASE
                WHEN is_refused THEN known.allowed_from
                WHEN next < free THEN '-infinity'
                ELSE excluded.last_at + least($7::integer, 2 ^ least(next - free, 20)) * interval '1 second'
            END
        FROM (
            SELECT
                known.allowed_from > excluded.last_at AS is_refused,
                CASE
                    WHEN known.last_at < excluded.last_at - $8::integer * interval '1 second' THEN 1
                    ELSE known.failures + 1
                END AS next,
                (SELECT free FROM attempts WHERE attempts.key = known.key) AS free
        ) AS state
    )
    RETURNING last_at, allowed_from
)
SELECT
    -- An attempt that was refused left its row as it was.
    (SELECT coalesce(ceil(extract(epoch FROM max(allowed_from) - now)), 0)::bigint
        FROM counted WHERE last_at <> now) AS wait_seconds,
    users.id AS user_id,
    users.email,
    users.email_verified,
    users.name,
    users.image,
    users.time_zone,
    (extract(epoch FROM users.created_at) * 1000000)::bigint AS created_at_us,
    (extract(epoch FROM users.updated_at) * 1000000)::bigint AS updated_at_us,
    accounts.password_hash
FROM clock
LEFT JOIN todo.users ON users.email = $1
LEFT JOIN todo.accounts ON accounts.user_id = users.id AND accounts.provider_id = 'credential'
