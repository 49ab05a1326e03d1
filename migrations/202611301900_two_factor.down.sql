DROP TABLE todo.two_factor_tokens;
DROP TABLE todo.two_factor;
