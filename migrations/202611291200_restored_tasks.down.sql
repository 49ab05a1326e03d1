-- Not validated: events that are there stay as they are.
ALTER TABLE todo.task_events DROP CONSTRAINT task_events_type_known;
ALTER TABLE todo.task_events ADD CONSTRAINT task_events_type_known CHECK (type IN ('todo.task.created',
    'todo.task.updated', 'todo.task.completed', 'todo.task.reopened', 'todo.task.deleted')) NOT VALID;
