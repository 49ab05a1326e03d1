-- Puts the next refresh token in the place of this one. One that was exchanged a moment ago brings the same next one again; one of
-- before ends the grant: two have it, and one of them may have stolen it. No row when no token may be given out.
-- $1 grant, $2 client, $3 number of the token, $4 for how many seconds it may come again, $5 how long the next one is good in seconds.
WITH rotated AS (
    UPDATE todo.oauth_grants
    SET generation = $3::integer + 1,
        rotated_at = CASE WHEN generation = $3::integer THEN now() ELSE rotated_at END,
        last_used_at = now(),
        expires_at = now() + $5::integer * interval '1 second'
    WHERE id = $1::uuid
        AND client_id = $2::text
        AND code_used_at IS NOT NULL
        AND expires_at > now()
        AND (
            generation = $3::integer
            OR (generation = $3::integer + 1 AND rotated_at > now() - $4::integer * interval '1 second')
        )
    RETURNING id
), replayed AS (
    DELETE FROM todo.oauth_grants
    WHERE id = $1::uuid
        AND client_id = $2::text
        AND (
            generation > $3::integer + 1
            OR (generation = $3::integer + 1 AND rotated_at <= now() - $4::integer * interval '1 second')
        )
)
SELECT id FROM rotated
