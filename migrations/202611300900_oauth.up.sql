-- Programs that people let act for them (OAuth 2.1), and what each person allowed each of them.
--
-- Only todo_identity reaches these tables, as it does those of accounts, and for the same reason there is no policy by user: a
-- code and a client are looked for before anybody is known.

CREATE TABLE todo.oauth_clients (
    -- The client's id (RFC 6749, section 2.2).
    id text NOT NULL,
    -- What it calls itself. Nobody checked it.
    name text NOT NULL,
    -- Where people may be sent back to, compared whole but for the port of this machine's own names.
    redirect_uris text[] NOT NULL,
    grant_types text[] NOT NULL,
    -- How it proves who it is at the token endpoint (RFC 7591, section 2); `none` for programs that can't keep a secret.
    auth_method text NOT NULL,
    -- SHA-256 of its secret, which has too many random bits to be guessed.
    secret_hash bytea,
    registered_at timestamptz NOT NULL,
    -- Of a program that is described by a document at the address that is its id: until when the copy here counts as fresh. NULL for one
    -- that registered.
    document_fresh_until timestamptz,
    -- When somebody let it act for them last. One that nobody ever did is deleted after a day.
    last_used_at timestamptz,

    CONSTRAINT oauth_clients_pkey PRIMARY KEY (id),
    CONSTRAINT oauth_clients_id_length CHECK (char_length(id) BETWEEN 1 AND 2048),
    CONSTRAINT oauth_clients_name_length CHECK (char_length(name) BETWEEN 1 AND 100),
    CONSTRAINT oauth_clients_redirect_uris_number CHECK (cardinality(redirect_uris) BETWEEN 0 AND 10),
    CONSTRAINT oauth_clients_secret_hash_length CHECK (octet_length(secret_hash) = 32),
    CONSTRAINT oauth_clients_secret_if_needed CHECK (
        (auth_method IN ('client_secret_basic', 'client_secret_post')) = (secret_hash IS NOT NULL)
    ),
    CONSTRAINT oauth_clients_address_if_described CHECK (document_fresh_until IS NULL OR id LIKE 'https://%')
);
COMMENT ON TABLE todo.oauth_clients IS
    'Programs that act for people: those that registered, and the last good copies of documents that describe others.';

CREATE INDEX oauth_clients_never_used ON todo.oauth_clients (registered_at) WHERE last_used_at IS NULL;

CREATE TABLE todo.oauth_grants (
    id uuid NOT NULL,
    client_id text NOT NULL,
    user_id uuid NOT NULL,
    -- What was allowed: scopes separated by spaces (RFC 6749, section 3.3).
    scope text NOT NULL,
    -- Whom its tokens are for (RFC 8707, section 2).
    resource text NOT NULL,
    -- SHA-256 of the authorization code, which is good once and for a minute; or of a device's code.
    code_hash bytea NOT NULL,
    -- Where the code was sent; NULL for a device's.
    redirect_uri text,
    -- What the code's verifier has to hash to (RFC 7636, section 4.2); NULL for a device's.
    code_challenge text,
    -- When the code was exchanged.
    code_used_at timestamptz,
    -- Which refresh token is the current one. Each names its number, and is signed: none is stored.
    generation integer NOT NULL DEFAULT 0,
    -- When the current refresh token took the place of the one before.
    rotated_at timestamptz,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    -- Until its code is exchanged, the code's expiry; then that of the current refresh token.
    expires_at timestamptz NOT NULL,

    CONSTRAINT oauth_grants_pkey PRIMARY KEY (id),
    CONSTRAINT oauth_grants_code_unique UNIQUE (code_hash),
    CONSTRAINT oauth_grants_client FOREIGN KEY (client_id) REFERENCES todo.oauth_clients (id) ON DELETE CASCADE,
    CONSTRAINT oauth_grants_user FOREIGN KEY (user_id) REFERENCES todo.users (id) ON DELETE CASCADE,
    CONSTRAINT oauth_grants_code_hash_length CHECK (octet_length(code_hash) = 32),
    CONSTRAINT oauth_grants_code_challenge_length CHECK (char_length(code_challenge) = 43),
    CONSTRAINT oauth_grants_generation_positive CHECK (generation >= 0)
);
COMMENT ON TABLE todo.oauth_grants IS 'What a person allowed a program, with its authorization code and its line of refresh tokens.';

CREATE INDEX oauth_grants_by_user ON todo.oauth_grants (user_id, created_at);
CREATE INDEX oauth_grants_by_client ON todo.oauth_grants (client_id);
CREATE INDEX oauth_grants_by_expiry ON todo.oauth_grants (expires_at);

CREATE TABLE todo.oauth_device_codes (
    -- SHA-256 of the code that the program asks with.
    code_hash bytea NOT NULL,
    -- SHA-256 of the code that the person types.
    user_code_hash bytea NOT NULL,
    client_id text NOT NULL,
    scope text NOT NULL,
    resource text NOT NULL,
    -- Until when the person may answer.
    expires_at timestamptz NOT NULL,
    -- Before when the program asks too often.
    next_poll_at timestamptz NOT NULL,
    -- What the person said; NULL until then.
    is_allowed boolean,

    CONSTRAINT oauth_device_codes_pkey PRIMARY KEY (code_hash),
    CONSTRAINT oauth_device_codes_user_code_unique UNIQUE (user_code_hash),
    CONSTRAINT oauth_device_codes_client FOREIGN KEY (client_id) REFERENCES todo.oauth_clients (id) ON DELETE CASCADE,
    CONSTRAINT oauth_device_codes_code_hash_length CHECK (octet_length(code_hash) = 32),
    CONSTRAINT oauth_device_codes_user_code_hash_length CHECK (octet_length(user_code_hash) = 32)
);
COMMENT ON TABLE todo.oauth_device_codes IS 'Programs on devices without a browser that wait for a person to answer.';

CREATE INDEX oauth_device_codes_by_client ON todo.oauth_device_codes (client_id);
CREATE INDEX oauth_device_codes_by_expiry ON todo.oauth_device_codes (expires_at);

COMMENT ON TABLE todo.sign_in_attempts IS
    'Attempts to sign in that did not succeed, per account and per network; sign-ups and registrations of programs per network.';

DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['oauth_clients', 'oauth_grants', 'oauth_device_codes'] LOOP
        EXECUTE format('ALTER TABLE todo.%I ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE todo.%I FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format('CREATE POLICY %I ON todo.%I TO todo_identity USING (true) WITH CHECK (true)',
            table_name || '_of_identity', table_name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON todo.%I TO todo_identity', table_name);
    END LOOP;
END
$$;
