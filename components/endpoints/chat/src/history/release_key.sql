-- Gives back the key of a message that has no answer, and after which others came: sent again it is a new message.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
)
UPDATE todo.turns
SET idempotency_key = NULL, fingerprint = NULL
WHERE user_id = (SELECT user_id FROM acting) AND idempotency_key = :idempotency_key::text AND state = 'failed'
RETURNING id
