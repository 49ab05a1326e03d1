DROP TABLE todo.model_usage;
DROP TABLE todo.pending_confirmations;
DROP TABLE todo.messages;
DROP TABLE todo.conversations;
