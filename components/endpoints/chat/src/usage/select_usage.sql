-- What somebody's messages cost, by model, and what is counted of the day's tokens. Days begin at midnight UTC; the current one is the last.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
used AS MATERIALIZED (
    SELECT model, model_turns, tool_calls, input_tokens, output_tokens,
           created_at >= date_trunc('day', now(), 'UTC') AS is_today
    FROM todo.model_usage
    WHERE user_id = (SELECT user_id FROM acting)
      AND created_at >= date_trunc('day', now(), 'UTC') - make_interval(days => :days::integer - 1)
),
by_model AS MATERIALIZED (
    SELECT model, count(*) AS messages, sum(model_turns) AS model_turns, sum(tool_calls) AS tool_calls,
           sum(input_tokens)::bigint AS input_tokens, sum(output_tokens)::bigint AS output_tokens
    FROM used
    GROUP BY model
)
SELECT (SELECT json_agg(json_build_object(
                   'model', model, 'messages', messages, 'model_turns', model_turns, 'tool_calls', tool_calls,
                   'input_tokens', input_tokens, 'output_tokens', output_tokens
               ) ORDER BY model)::text
        FROM by_model) AS models,
       (SELECT coalesce(sum(input_tokens + output_tokens), 0)::bigint
        FROM used
        -- Rules cost nothing.
        WHERE is_today AND model <> 'builtin') AS tokens_today,
       to_char(date_trunc('day', now(), 'UTC') AT TIME ZONE 'UTC' + interval '1 day', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS resets_at
