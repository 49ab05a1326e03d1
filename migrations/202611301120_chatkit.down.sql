DROP TABLE todo.attachments;
DROP TABLE todo.item_feedback;
DROP TABLE todo.thread_items;
REVOKE DELETE ON todo.messages FROM todo_app;
ALTER TABLE todo.messages
    DROP COLUMN is_hidden,
    DROP COLUMN input;
ALTER TABLE todo.conversations
    DROP COLUMN status_reason,
    DROP COLUMN status;
