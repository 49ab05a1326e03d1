-- The reminders that wait, soonest first, those of done tasks left out. One whose task is due at no time stands last.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
)
SELECT {reminder_columns}
FROM (
    SELECT reminders.*, task.title
    FROM todo.reminders
    CROSS JOIN LATERAL (
        SELECT title FROM todo.tasks
        WHERE user_id = (SELECT user_id FROM acting) AND id = reminders.task_id
          AND deleted_at IS NULL AND completed_at IS NULL
        LIMIT 1
    ) AS task
    WHERE user_id = (SELECT user_id FROM acting) AND state = 'waiting'
    ORDER BY remind_at, id
    LIMIT :limit::bigint
) AS reminder
