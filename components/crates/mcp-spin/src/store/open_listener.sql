-- Lets a stream listen, in a place that is free or whose stream was lost. No row where all places are taken; is_taken is false
-- where another stream was quicker.
-- $1 user  $2 stream  $3 how many places there are  $4 seconds for which it is kept
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
free AS MATERIALIZED (
    SELECT places.place
    FROM generate_series(1, $3::integer) AS places (place)
    WHERE NOT EXISTS (
        SELECT
        FROM todo.mcp_listeners AS other
        WHERE other.user_id = (SELECT user_id FROM acting)
          AND other.place = places.place AND other.expires_at > now()
    )
    -- Streams that are opened at once seldom try the same place.
    ORDER BY random()
    LIMIT 1
),
taken AS (
    -- What expired is written over and not deleted: a statement that locked several rows could wait for another that waits
    -- for it.
    INSERT INTO todo.mcp_listeners AS known (user_id, id, place, expires_at)
    SELECT acting.user_id, $2::uuid, free.place, now() + make_interval(secs => $4::double precision)
    FROM acting, free
    ON CONFLICT (user_id, place) DO UPDATE
    SET id = excluded.id, expires_at = excluded.expires_at
    WHERE known.expires_at <= now()
    RETURNING known.place
)
SELECT EXISTS (SELECT FROM taken) AS is_taken FROM free
