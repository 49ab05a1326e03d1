-- The reminders of which something became, latest first.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
)
SELECT {reminder_columns}
FROM (
    SELECT reminders.*, task.title
    FROM todo.reminders
    CROSS JOIN LATERAL (
        SELECT title FROM todo.tasks
        WHERE user_id = (SELECT user_id FROM acting) AND id = reminders.task_id AND deleted_at IS NULL
        LIMIT 1
    ) AS task
    WHERE user_id = (SELECT user_id FROM acting) AND state = :state::text
    ORDER BY remind_at DESC, id DESC
    LIMIT :limit::bigint
) AS reminder
