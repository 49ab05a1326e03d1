-- Takes answers to what a task asks; others are passed over. With the last one it is working again.
-- $1 user  $2 task  $3 answers
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
found AS MATERIALIZED (
    SELECT id, status, requests
    FROM todo.mcp_tasks
    WHERE user_id = (SELECT user_id FROM acting) AND id = $2::uuid AND expires_at > now()
    FOR UPDATE
),
given AS (
    SELECT coalesce(jsonb_object_agg(key, value), '{}') AS answers
    FROM jsonb_each($3::jsonb)
    WHERE key IN (SELECT jsonb_object_keys(requests) FROM found)
),
taken AS (
    UPDATE todo.mcp_tasks AS task
    SET answers = task.answers || given.answers,
        requests = nullif(task.requests - ARRAY(SELECT jsonb_object_keys(given.answers)), '{}'),
        status = CASE
            WHEN task.requests - ARRAY(SELECT jsonb_object_keys(given.answers)) = '{}' THEN 'working'
            ELSE task.status
        END,
        updated_at = clock_timestamp()
    FROM found, given
    WHERE task.user_id = (SELECT user_id FROM acting)
      AND task.id = found.id AND found.status = 'input_required' AND given.answers <> '{}'
)
SELECT id FROM found
