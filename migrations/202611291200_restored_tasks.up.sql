-- Tasks that were deleted can be brought back, which is an event of its own.

-- Not validated, so that nothing waits while rows are read: every row that is there keeps to the narrower rule before.
ALTER TABLE todo.task_events DROP CONSTRAINT task_events_type_known;
ALTER TABLE todo.task_events ADD CONSTRAINT task_events_type_known CHECK (type IN ('todo.task.created',
    'todo.task.updated', 'todo.task.completed', 'todo.task.reopened', 'todo.task.deleted', 'todo.task.restored')) NOT VALID;
