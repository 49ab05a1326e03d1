-- Networks from which somebody has signed in. Wrong passwords that strangers try elsewhere do not hold up who comes from
-- one of these.

CREATE TABLE todo.known_networks (
    user_id uuid NOT NULL,
    -- HMAC-SHA-256 of an IPv4 address or of the /64 of an IPv6 address: it can't be read here.
    network bytea NOT NULL,
    -- When the user signed in from there last; only the last networks are kept.
    last_at timestamptz NOT NULL,

    CONSTRAINT known_networks_pkey PRIMARY KEY (user_id, network),
    CONSTRAINT known_networks_user FOREIGN KEY (user_id) REFERENCES todo.users (id) ON DELETE CASCADE,
    CONSTRAINT known_networks_network_length CHECK (octet_length(network) = 32)
);
COMMENT ON TABLE todo.known_networks IS 'The networks from which a user signed in last.';
COMMENT ON TABLE todo.sign_in_attempts IS
    'Attempts to sign in that did not succeed, per account and per network, and sign-ups per network.';

ALTER TABLE todo.known_networks ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.known_networks FORCE ROW LEVEL SECURITY;
CREATE POLICY known_networks_of_identity ON todo.known_networks TO todo_identity USING (true) WITH CHECK (true);

GRANT SELECT, INSERT, UPDATE, DELETE ON todo.known_networks TO todo_identity;
