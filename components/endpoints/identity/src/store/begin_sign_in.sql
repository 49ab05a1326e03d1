-- Counts an attempt before the password is looked at, so that guesses made at once count too, and reads the account.
-- An attempt that has to wait is counted nowhere and leaves every row as it was.
-- $1 e-mail address, $2 key of the account and the client's network, $3 key of the network, $4 key of the account,
-- $5 now in microseconds, $6, $7 and $8 how many failures are free for each of these keys, $9 the longest wait in
-- seconds, $10 the longest for the account, $11 after how many seconds without an attempt failures are forgotten,
-- $12 how many forgotten rows are deleted at most.
WITH clock (now) AS (
    SELECT 'epoch'::timestamptz + $5::bigint * interval '1 microsecond'
), attempts (key, free, longest) AS (
    SELECT $2::bytea, $6::integer, $9::integer
    UNION ALL
    SELECT $3::bytea, $7::integer, $9::integer
    UNION ALL
    -- Whoever comes from a network that the account knows is not held up by strangers elsewhere.
    SELECT $4::bytea, $8::integer, $10::integer
    WHERE NOT EXISTS (
        SELECT FROM todo.users
        JOIN todo.known_networks ON known_networks.user_id = users.id
        WHERE users.email = $1::text AND known_networks.network = $3::bytea
    )
), locked AS MATERIALIZED (
    SELECT key, allowed_from
    FROM todo.sign_in_attempts
    WHERE key = ANY (ARRAY[$2::bytea, $3::bytea, $4::bytea])
    -- Everybody locks in the same order.
    ORDER BY key
    FOR UPDATE
), waiting AS MATERIALIZED (
    SELECT max(locked.allowed_from) AS allowed_from
    FROM locked
    JOIN attempts ON attempts.key = locked.key
    CROSS JOIN clock
    WHERE locked.allowed_from > now
), counted AS (
    INSERT INTO todo.sign_in_attempts AS known (key, failures, last_at, allowed_from)
    SELECT key, 1, now, '-infinity'
    FROM attempts, clock
    WHERE (SELECT allowed_from FROM waiting) IS NULL
    ORDER BY key
    ON CONFLICT (key) DO UPDATE SET (failures, last_at, allowed_from) = (
        -- A row that was not there to be locked may have come from an attempt made at once.
        SELECT
            CASE WHEN is_refused THEN known.failures ELSE next END,
            CASE WHEN is_refused THEN known.last_at ELSE excluded.last_at END,
            CASE
                WHEN is_refused THEN known.allowed_from
                WHEN next < free THEN '-infinity'
                ELSE excluded.last_at + least(longest, 2 ^ least(next - free, 20)) * interval '1 second'
            END
        FROM (
            SELECT
                known.allowed_from > excluded.last_at AS is_refused,
                CASE
                    WHEN known.last_at < excluded.last_at - $11::integer * interval '1 second' THEN 1
                    ELSE known.failures + 1
                END AS next,
                (SELECT free FROM attempts WHERE attempts.key = known.key) AS free,
                (SELECT longest FROM attempts WHERE attempts.key = known.key) AS longest
        ) AS state
    )
    RETURNING last_at, allowed_from
), deleted AS (
    DELETE FROM todo.sign_in_attempts
    WHERE (SELECT allowed_from FROM waiting) IS NULL
        AND key = ANY (ARRAY(
            SELECT key FROM todo.sign_in_attempts, clock
            WHERE last_at < now - $11::integer * interval '1 second'
                AND key <> ALL (ARRAY[$2::bytea, $3::bytea, $4::bytea])
            ORDER BY last_at
            LIMIT $12::integer
            FOR UPDATE OF sign_in_attempts SKIP LOCKED
        ))
)
SELECT
    (SELECT coalesce(ceil(extract(epoch FROM max(refused.allowed_from) - now)), 0)::bigint
        FROM (
            SELECT allowed_from FROM waiting WHERE allowed_from IS NOT NULL
            UNION ALL
            -- An attempt that was refused left its row as it was.
            SELECT allowed_from FROM counted WHERE last_at <> now
        ) AS refused) AS wait_seconds,
    users.id AS user_id,
    users.email,
    users.email_verified,
    users.name,
    users.image,
    users.time_zone,
    EXISTS (SELECT FROM todo.two_factor WHERE two_factor.user_id = users.id AND two_factor.enabled_at IS NOT NULL) AS two_factor_enabled,
    (extract(epoch FROM users.created_at) * 1000000)::bigint AS created_at_us,
    (extract(epoch FROM users.updated_at) * 1000000)::bigint AS updated_at_us,
    accounts.password_hash
FROM clock
LEFT JOIN todo.users ON users.email = $1::text
LEFT JOIN todo.accounts ON accounts.user_id = users.id AND accounts.provider_id = 'credential'
