ALTER TABLE todo.oauth_clients DROP COLUMN post_logout_redirect_uris;
ALTER TABLE todo.oauth_grants DROP COLUMN nonce;
DROP TABLE todo.signing_keys;
