-- Whose reminders are due.
SELECT user_id
FROM todo.users_to_remind(:now::text::timestamptz, :limit::integer) AS due (user_id)
