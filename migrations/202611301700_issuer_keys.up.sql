-- The public keys of another issuer, where the operator named one: the last good copy, for all processes, so that a new process needs none
-- of it to be reachable, and so that it is asked once in a while and not by each.

CREATE TABLE todo.issuer_keys (
    issuer text NOT NULL,
    -- A JSON Web Key Set (RFC 7517); NULL until there is one.
    keys text,
    fetched_at timestamptz,
    -- Until when it counts without being fetched again.
    fresh_until timestamptz,
    -- When a process set out to fetch it last.
    asked_at timestamptz NOT NULL,

    CONSTRAINT issuer_keys_pkey PRIMARY KEY (issuer),
    CONSTRAINT issuer_keys_issuer_length CHECK (char_length(issuer) BETWEEN 1 AND 512),
    CONSTRAINT issuer_keys_keys_length CHECK (char_length(keys) BETWEEN 2 AND 65536),
    CONSTRAINT issuer_keys_whole CHECK ((keys IS NULL) = (fetched_at IS NULL) AND (keys IS NULL) = (fresh_until IS NULL))
);
COMMENT ON TABLE todo.issuer_keys IS 'The public keys of another issuer, as they were fetched last.';

ALTER TABLE todo.issuer_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.issuer_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY issuer_keys_to_check ON todo.issuer_keys TO todo_app USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON todo.issuer_keys TO todo_app;
GRANT UPDATE (keys, fetched_at, fresh_until, asked_at) ON todo.issuer_keys TO todo_app;
