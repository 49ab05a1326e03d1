-- The keys of another issuer as they were fetched last: for how many seconds they count, whether they may be used for want of newer ones,
-- and whether a process is fetching them. $1 issuer, $2 for how many seconds old keys may be used, $3 how long fetching takes at most.
SELECT
    keys,
    greatest(extract(epoch FROM fresh_until - now()), 0)::bigint AS fresh_seconds,
    coalesce(fetched_at > now() - $2::integer * interval '1 second', false) AS is_usable,
    asked_at > now() - $3::integer * interval '1 second' AND asked_at > coalesce(fetched_at, '-infinity') AS is_being_fetched
FROM todo.issuer_keys
WHERE issuer = $1::text
