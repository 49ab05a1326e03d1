DROP TABLE todo.task_events;
DROP TABLE todo.tasks;
