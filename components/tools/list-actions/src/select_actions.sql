-- What the user did to tasks in the last day, the latest first, each with the first ten of its tasks. What took an action back, or did it
-- again, is told with that one.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
{yesterday},
done AS MATERIALIZED (
    SELECT {action_summary}, event.transaction_id, (array_agg(event.task_id ORDER BY event.task_id))[1:10] AS task_ids
    FROM todo.task_events AS event
    WHERE event.user_id = (SELECT user_id FROM acting)
      AND {is_recent} AND NOT event.data ? 'same_as'
    GROUP BY event.transaction_id
    ORDER BY event.transaction_id DESC
    LIMIT :limit::bigint
)
SELECT {action_columns}
FROM (
    SELECT done.*, coalesce((
            SELECT turned.undone FROM todo.turned_actions AS turned
            WHERE turned.user_id = (SELECT user_id FROM acting) AND turned.transaction_id = done.transaction_id
        ), false) AS undone, (
            SELECT coalesce(jsonb_agg(jsonb_build_object('id', tasks.id, 'title', tasks.title) ORDER BY tasks.id), '[]')
            FROM todo.tasks
            WHERE tasks.user_id = (SELECT user_id FROM acting) AND tasks.id = ANY (done.task_ids)
        ) AS tasks
    FROM done
) AS action
ORDER BY action.transaction_id DESC
