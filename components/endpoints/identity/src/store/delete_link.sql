-- Follows a link that changes nothing by itself: it is good once. $1 hash of its token, $2 purpose.
DELETE FROM todo.account_links
WHERE token_hash = $1::bytea AND purpose = $2::text AND expires_at > now()
RETURNING user_id
