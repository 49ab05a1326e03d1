DROP POLICY task_events_erased_by_the_owner ON todo.task_events;
DROP POLICY tasks_erased_by_the_owner ON todo.tasks;
DROP FUNCTION todo.erase_rows_of(uuid);
REVOKE DELETE ON todo.users FROM todo_identity;
REVOKE UPDATE (email) ON todo.users FROM todo_identity;
ALTER TABLE todo.accounts DROP COLUMN id;
DROP TABLE todo.password_hash_slots;
DROP TABLE todo.local_mail;
DROP TABLE todo.account_links;
