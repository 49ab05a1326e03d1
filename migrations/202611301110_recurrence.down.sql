DROP TABLE todo.task_occurrences;
DROP INDEX todo.tasks_open_repeating;
ALTER TABLE todo.tasks DROP CONSTRAINT tasks_recurrence_object;
ALTER TABLE todo.tasks DROP COLUMN recurrence;
