ALTER TABLE todo.thread_items ALTER COLUMN user_id RESET (n_distinct);
ALTER TABLE todo.messages ALTER COLUMN user_id RESET (n_distinct);
ALTER TABLE todo.conversations ALTER COLUMN user_id RESET (n_distinct);
ALTER TABLE todo.task_occurrences ALTER COLUMN user_id RESET (n_distinct);
ALTER TABLE todo.task_events ALTER COLUMN user_id RESET (n_distinct);
ALTER TABLE todo.tasks ALTER COLUMN user_id RESET (n_distinct);
ANALYZE todo.tasks, todo.task_events, todo.task_occurrences, todo.conversations, todo.messages, todo.thread_items;
