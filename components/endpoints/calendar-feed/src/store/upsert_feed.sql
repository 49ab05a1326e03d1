-- Gives a user a feed at another address; the one before is no address any more.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
stored AS (
    INSERT INTO todo.calendar_feeds (user_id, token_hash, created_at)
    SELECT user_id, :token_hash::bytea, :now::text::timestamptz FROM acting
    ON CONFLICT (user_id) DO UPDATE
    SET token_hash = excluded.token_hash, created_at = excluded.created_at, read_at = NULL
    RETURNING calendar_feeds.*
)
SELECT (extract(epoch FROM created_at) * 1000000)::bigint AS created_at,
    (extract(epoch FROM read_at) * 1000000)::bigint AS read_at
FROM stored
