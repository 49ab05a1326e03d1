-- A new user with a password, from a network that is remembered, and signed in at once unless the address has to be confirmed first;
-- no row when somebody has the address.
-- $1 user, $2 e-mail address, $3 name, $4 image, $5 time zone, $6 password hash, $7 now in microseconds, $8 session or NULL,
-- $9 hash of its token, $10 remembered, $11 expiry in microseconds, $12 address, $13 user agent, $14 key of the client's
-- network.
WITH clock (now) AS (
    SELECT 'epoch'::timestamptz + $7::bigint * interval '1 microsecond'
), new_user AS (
    INSERT INTO todo.users (id, email, name, image, time_zone, created_at, updated_at)
    SELECT $1::uuid, $2::text, $3::text, $4::text, $5::text, now, now FROM clock
    ON CONFLICT (email) DO NOTHING
    RETURNING id AS user_id
), new_account AS (
    INSERT INTO todo.accounts (user_id, provider_id, account_id, password_hash, created_at, updated_at)
    SELECT user_id, 'credential', user_id::text, $6::text, now, now FROM new_user, clock
), known_network AS (
    INSERT INTO todo.known_networks (user_id, network, last_at)
    SELECT user_id, $14::bytea, now FROM new_user, clock
), new_session AS (
    INSERT INTO todo.sessions
        (id, user_id, token_hash, remembered, expires_at, ip_address, user_agent, created_at, updated_at)
    SELECT $8::uuid, user_id, $9::bytea, $10::boolean,
        'epoch'::timestamptz + $11::bigint * interval '1 microsecond', $12::text, $13::text, now, now
    FROM new_user, clock
    WHERE $8::uuid IS NOT NULL
)
SELECT user_id FROM new_user
