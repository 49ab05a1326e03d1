-- Takes calls of a tool out of the current minute, as many as are left of those asked for.
-- $1 user  $2 tool  $3 calls  $4 calls a minute has
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
minute AS MATERIALIZED (
    SELECT date_trunc('minute', now()) AS started_at
),
counted AS (
    -- Counts what was asked for even where it is not granted, so that it can tell from its own result what was; a minute
    -- that is used up counts no further.
    INSERT INTO todo.mcp_call_windows AS known (user_id, tool, started_at, calls)
    SELECT acting.user_id, $2::text, minute.started_at, $3::integer FROM acting, minute
    ON CONFLICT (user_id, tool) DO UPDATE
    SET calls = CASE
            WHEN known.started_at < excluded.started_at THEN excluded.calls
            ELSE least(known.calls, $4::integer) + excluded.calls
        END,
        started_at = excluded.started_at
    RETURNING known.calls
)
SELECT
    greatest(0, least($3::integer, $4::integer - (calls - $3::integer))) AS granted,
    ceil(60 - extract(second FROM now()))::integer AS seconds
FROM counted
