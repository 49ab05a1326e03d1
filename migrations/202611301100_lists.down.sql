DROP INDEX todo.tasks_by_list;
ALTER TABLE todo.tasks DROP COLUMN list_id;
DROP TABLE todo.lists;
