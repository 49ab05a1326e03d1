-- Stores a token of a user in the first place that is free, or whose token has ended. No row where there is none, or another request took it.
-- $1 id, $2 user, $3 name, $4 hash, $5 start, $6 scope, $7 lifetime in seconds, $8 how many places there are.
INSERT INTO todo.personal_tokens AS known (id, user_id, place, name, token_hash, start, scope, expires_at)
SELECT $1::uuid, $2::uuid, places.place, $3::text, $4::bytea, $5::text, $6::text, now() + $7::integer * interval '1 second'
FROM generate_series(1, $8::integer) AS places (place)
WHERE NOT EXISTS (
    SELECT FROM todo.personal_tokens AS taken
    WHERE taken.user_id = $2::uuid AND taken.place = places.place AND taken.expires_at > now()
)
ORDER BY places.place
LIMIT 1
ON CONFLICT (user_id, place) DO UPDATE SET
    id = excluded.id,
    name = excluded.name,
    token_hash = excluded.token_hash,
    start = excluded.start,
    scope = excluded.scope,
    created_at = excluded.created_at,
    updated_at = excluded.updated_at,
    expires_at = excluded.expires_at,
    last_used_at = NULL
WHERE known.expires_at <= now()
RETURNING
    id,
    name,
    start,
    scope,
    (extract(epoch FROM created_at) * 1000000)::bigint AS created_at_us,
    (extract(epoch FROM updated_at) * 1000000)::bigint AS updated_at_us,
    (extract(epoch FROM expires_at) * 1000000)::bigint AS expires_at_us,
    (extract(epoch FROM last_used_at) * 1000000)::bigint AS last_used_at_us
