DROP TABLE todo.known_networks;
COMMENT ON TABLE todo.sign_in_attempts IS 'Attempts to sign in that did not succeed, per account and per client address.';
