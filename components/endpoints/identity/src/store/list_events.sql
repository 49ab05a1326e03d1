-- What happened to the account of a user, the latest first. $1 user, $2 how many at most.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1::uuid::text, true)::uuid AS user_id
)
SELECT
    (extract(epoch FROM details.at) * 1000000)::bigint AS at_us,
    events.action,
    events.outcome,
    events.detail,
    details.client_id,
    details.network,
    details.request_id
FROM todo.audit_event_details AS details
JOIN todo.audit_events AS events ON events.chain = details.chain AND events.sequence = details.sequence
WHERE details.user_id = (SELECT user_id FROM acting)
ORDER BY details.at DESC
LIMIT $2::integer
