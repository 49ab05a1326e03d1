-- Deletes a user with everything that is stored of them: by their session, or by a link that is good once.
-- $1 user, $2 hash of the link's token or NULL, $3 the user's e-mail address.
WITH followed AS (
    DELETE FROM todo.account_links
    WHERE token_hash = $2::bytea AND purpose = 'delete-user' AND user_id = $1::uuid AND expires_at > now()
    RETURNING user_id
), allowed AS MATERIALIZED (
    SELECT $1::uuid AS user_id WHERE $2::bytea IS NULL OR EXISTS (SELECT FROM followed)
), erased AS MATERIALIZED (
    SELECT user_id, todo.erase_rows_of(user_id) FROM allowed
), erased_mail AS (
    DELETE FROM todo.local_mail WHERE recipient = $3::text AND EXISTS (SELECT FROM erased)
)
DELETE FROM todo.users WHERE id = (SELECT user_id FROM erased)
RETURNING id AS user_id
