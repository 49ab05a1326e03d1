DROP TRIGGER tasks_check_parent ON todo.tasks;
DROP TRIGGER tasks_check_new_parent ON todo.tasks;
DROP FUNCTION todo.check_parent();
DROP INDEX todo.tasks_by_parent;
ALTER TABLE todo.tasks DROP COLUMN parent_id;
