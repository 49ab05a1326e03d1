DROP TABLE todo.issuer_keys;
