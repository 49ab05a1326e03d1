DROP TABLE todo.webhooks;
DROP FUNCTION todo.users_to_remind(timestamptz, integer);
DROP TRIGGER tasks_move_reminders ON todo.tasks;
DROP FUNCTION todo.move_reminders();
DROP TABLE todo.reminders;
