-- Takes calls of a tool, or of an endpoint, out of the current minute, as many as are left of those asked for.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
minute AS MATERIALIZED (
    SELECT date_trunc('minute', now()) AS started_at
),
counted AS (
    -- Counts what was asked for even where it is not granted, so that it can tell from its own result what was; a minute
    -- that is used up counts no further. A statement that began in the minute before and comes late counts in the minute
    -- that it finds: taking the row back to its own would forget what was counted since.
    INSERT INTO todo.mcp_call_windows AS known (user_id, tool, started_at, calls)
    SELECT acting.user_id, :name::text, minute.started_at, :calls::integer FROM acting, minute
    ON CONFLICT (user_id, tool) DO UPDATE
    SET (started_at, calls) = (
        SELECT
            CASE WHEN is_same THEN known.started_at ELSE excluded.started_at END,
            CASE WHEN is_same THEN least(known.calls, :limit::integer) ELSE 0 END + excluded.calls
        FROM (SELECT known.started_at BETWEEN excluded.started_at AND excluded.started_at + interval '1 minute') AS
            compared (is_same)
    )
    RETURNING known.calls
)
SELECT
    greatest(0, least(:calls::integer, :limit::integer - (calls - :calls::integer))) AS granted,
    -- Rounded down: what was taken must not be spent in the minute after.
    floor(1000 * (60 - extract(second FROM now())))::integer AS milliseconds
FROM counted
