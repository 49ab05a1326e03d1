DROP TRIGGER tasks_keep_versions ON todo.tasks;
DROP FUNCTION todo.keep_versions();
DROP TABLE todo.turned_actions;
DROP TABLE todo.task_versions;
