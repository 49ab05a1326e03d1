-- Deletes a reminder, and tells what it was.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
deleted AS (
    DELETE FROM todo.reminders
    WHERE user_id = (SELECT user_id FROM acting) AND id = :id::uuid
    RETURNING reminders.*
)
SELECT {reminder_columns}
FROM (
    SELECT deleted.*, task.title
    FROM deleted
    CROSS JOIN LATERAL (
        SELECT title FROM todo.tasks
        WHERE user_id = (SELECT user_id FROM acting) AND id = deleted.task_id
        LIMIT 1
    ) AS task
) AS reminder
