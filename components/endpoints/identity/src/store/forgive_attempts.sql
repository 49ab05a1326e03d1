-- After the right password of somebody who is signed in: forgets the failures of the account and takes the attempt back from
-- the client's network. $1 key of the account and the network, $2 key of the network, $3 key of the account.
WITH locked AS MATERIALIZED (
    SELECT key
    FROM todo.sign_in_attempts
    WHERE key = ANY (ARRAY[$1::bytea, $2::bytea, $3::bytea])
    -- Everybody locks in the same order.
    ORDER BY key
    FOR UPDATE
), forgiven AS (
    DELETE FROM todo.sign_in_attempts
    WHERE key = ANY (ARRAY(SELECT key FROM locked)) AND key <> $2::bytea
)
UPDATE todo.sign_in_attempts
SET failures = greatest(failures - 1, 0), allowed_from = '-infinity'
WHERE key = ANY (ARRAY(SELECT key FROM locked)) AND key = $2::bytea
