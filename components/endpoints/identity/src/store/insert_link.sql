-- Stores a link, if there is such a user, and deletes some that are over. The same work is done where there is no user.
-- $1 hash of the token, $2 purpose, $3 user, $4 e-mail address, $5 for how many seconds it is good, $6 how many links of a user
-- and purpose there may be, $7 how many that are over are deleted at most.
WITH over AS (
    DELETE FROM todo.account_links
    WHERE token_hash = ANY (ARRAY(
        SELECT token_hash FROM todo.account_links
        WHERE expires_at <= now()
        ORDER BY expires_at
        LIMIT $7::integer
        FOR UPDATE SKIP LOCKED
    ))
), outgrown AS (
    DELETE FROM todo.account_links
    WHERE token_hash = ANY (ARRAY(
        SELECT token_hash FROM todo.account_links
        WHERE user_id = $3::uuid AND purpose = $2::text AND expires_at > now()
        ORDER BY created_at DESC
        OFFSET $6::integer - 1
        FOR UPDATE SKIP LOCKED
    ))
)
INSERT INTO todo.account_links (token_hash, purpose, user_id, email, expires_at)
SELECT $1::bytea, $2::text, id, $4::text, now() + $5::integer * interval '1 second'
FROM todo.users
WHERE id = $3::uuid
RETURNING user_id
