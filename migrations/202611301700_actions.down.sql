DROP TRIGGER tasks_record_change ON todo.tasks;
DROP TRIGGER tasks_record_addition ON todo.tasks;
DROP FUNCTION todo.record_change();
DROP FUNCTION todo.record_addition();
DROP FUNCTION todo.task_before(todo.tasks, todo.tasks);
DROP FUNCTION todo.action_id(timestamptz, uuid);
DROP TABLE todo.actions;
