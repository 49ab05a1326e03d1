-- What the user did to tasks in the last day, the latest first, each with the first ten of its tasks.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
)
SELECT {action_columns}
FROM (
    SELECT actions.*, (
        SELECT coalesce(jsonb_agg(jsonb_build_object('id', tasks.id, 'title', tasks.title) ORDER BY tasks.id), '[]')
        FROM todo.tasks
        WHERE tasks.user_id = (SELECT user_id FROM acting) AND tasks.id = ANY (ARRAY(
            SELECT (jsonb_array_element(actions.changes, place) ->> 'id')::uuid FROM generate_series(0, 9) AS place
        ))
    ) AS tasks
    FROM todo.actions
    WHERE actions.user_id = (SELECT user_id FROM acting) AND actions.recorded_at > clock_timestamp() - interval '1 day'
    ORDER BY actions.id DESC
    LIMIT :limit::bigint
) AS action
ORDER BY id DESC
