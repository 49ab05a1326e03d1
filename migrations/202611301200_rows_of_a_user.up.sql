-- How many rows a user has in the tables that grow with them. PostgreSQL would count; where most users have few rows it then
-- takes each user for one of those, and reads all rows of one who has thousands for each row that it looks for, since the
-- whole key seems to find no fewer rows than the user alone. One user in 5,000 rows is what a list is that has become long: a plan for that one serves short ones as well.
ALTER TABLE todo.tasks ALTER COLUMN user_id SET (n_distinct = -0.0002);
ALTER TABLE todo.task_events ALTER COLUMN user_id SET (n_distinct = -0.0002);
ALTER TABLE todo.task_occurrences ALTER COLUMN user_id SET (n_distinct = -0.0002);
ALTER TABLE todo.conversations ALTER COLUMN user_id SET (n_distinct = -0.0002);
ALTER TABLE todo.messages ALTER COLUMN user_id SET (n_distinct = -0.0002);
ALTER TABLE todo.thread_items ALTER COLUMN user_id SET (n_distinct = -0.0002);
-- What is set is used from the next count on.
ANALYZE todo.tasks, todo.task_events, todo.task_occurrences, todo.conversations, todo.messages, todo.thread_items;
