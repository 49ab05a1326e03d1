-- Services: programs that act for their owner without a browser, as far as the owner said when they made them; and programs that prove who
-- they are by a key of their own.

ALTER TABLE todo.oauth_clients
    -- Whose service it is; NULL for a program that other people let act for them.
    ADD COLUMN owner_id uuid CONSTRAINT oauth_clients_owner REFERENCES todo.users (id) ON DELETE CASCADE,
    -- What it may do: scopes separated by spaces.
    ADD COLUMN service_scope text,
    -- The public keys of one that signs who it is (RFC 7523), as a JSON Web Key Set. Such a program has a secret that nobody knows, so that
    -- a release that does not read this column takes nobody for it.
    ADD COLUMN jwks text CONSTRAINT oauth_clients_jwks_length CHECK (char_length(jwks) BETWEEN 2 AND 8192),
    ADD CONSTRAINT oauth_clients_scope_if_service CHECK ((owner_id IS NULL) = (service_scope IS NULL));

CREATE INDEX oauth_clients_by_owner ON todo.oauth_clients (owner_id, registered_at) WHERE owner_id IS NOT NULL;
