DROP TABLE todo.oauth_device_codes;
DROP TABLE todo.oauth_grants;
DROP TABLE todo.oauth_clients;
COMMENT ON TABLE todo.sign_in_attempts IS
    'Attempts to sign in that did not succeed, per account and per network, and sign-ups per network.';
