-- Adds an audit event for a token that was refused, unless there were many. $1 why.
SELECT todo.record_refused_token($1::text) AS is_recorded
