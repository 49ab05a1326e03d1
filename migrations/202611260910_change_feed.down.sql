REVOKE SELECT ON todo.task_events FROM todo_app;
DROP POLICY task_events_seen_by_the_acting_user ON todo.task_events;
DROP INDEX todo.task_events_by_transaction;
ALTER TABLE todo.task_events DROP COLUMN transaction_id;
