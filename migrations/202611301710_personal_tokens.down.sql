DROP FUNCTION todo.find_personal_token(bytea);
DROP POLICY users_of_personal_tokens ON todo.users;
DROP TABLE todo.personal_tokens;
