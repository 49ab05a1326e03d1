-- Adds an audit event, unless its network has had its share of an hour. $1 action, $2 outcome, $3 detail or NULL, $4 user or NULL, $5 program or
-- NULL, $6 hash of the network, $7 id of the request, $8 how many of one network are recorded in an hour that nobody known brought about (0 for any
-- number), $9 for how many days events are kept (0 for ever).
SELECT todo.record_event(
    $1::text, $2::text, $3::text, $4::uuid, $5::text, $6::bytea, $7::text, $8::integer, $9::integer
) AS is_recorded
