DROP TABLE todo.sign_in_attempts;
DROP TABLE todo.sessions;
DROP TABLE todo.accounts;
DROP TABLE todo.users;
