-- The reminders of one task, soonest first.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
)
SELECT {reminder_columns}
FROM (
    SELECT reminders.*, task.title
    FROM todo.reminders
    CROSS JOIN (
        SELECT title FROM todo.tasks
        WHERE user_id = (SELECT user_id FROM acting) AND id = :task_id::uuid AND deleted_at IS NULL
    ) AS task
    WHERE user_id = (SELECT user_id FROM acting) AND task_id = :task_id::uuid
      AND state = coalesce(:state::text, state)
    ORDER BY remind_at, id
    LIMIT :limit::bigint
) AS reminder
