-- Who people are: users, how they sign in, the sessions they have, and the attempts that failed.
--
-- Only todo_identity reaches these tables. todo_app, which every tool uses, has no right on them, and row-level
-- security holds even if somebody grants it one by mistake. There is no policy by user here, since a sign-in looks for
-- a user by e-mail address and a session by its token before anybody is known.
--
-- Tables of other migrations hold `user_id` without a reference to todo.users: a user is whoever a verified token names,
-- and tokens may come from an issuer of one's own, whose users never have a row here.

CREATE TABLE todo.users (
    id uuid NOT NULL,
    -- In lower case, so that one address is one account.
    email text NOT NULL,
    email_verified boolean NOT NULL DEFAULT false,
    name text NOT NULL,
    image text,
    -- The IANA time zone in which the person means their days.
    time_zone text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,

    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_email_unique UNIQUE (email),
    CONSTRAINT users_email_length CHECK (char_length(email) BETWEEN 3 AND 254),
    CONSTRAINT users_email_lower_case CHECK (email = lower(email)),
    CONSTRAINT users_name_length CHECK (char_length(name) BETWEEN 1 AND 100),
    CONSTRAINT users_image_length CHECK (char_length(image) BETWEEN 1 AND 2048),
    CONSTRAINT users_time_zone_length CHECK (char_length(time_zone) BETWEEN 1 AND 64)
);
COMMENT ON TABLE todo.users IS 'People with an account.';

CREATE TABLE todo.accounts (
    user_id uuid NOT NULL,
    -- How: `credential` is an e-mail address with a password.
    provider_id text NOT NULL,
    -- The user's name at the provider; for `credential` the user's id.
    account_id text NOT NULL,
    -- The PHC string of an argon2id hash, parameters and salt included (RFC 9106).
    password_hash text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,

    CONSTRAINT accounts_pkey PRIMARY KEY (user_id, provider_id),
    CONSTRAINT accounts_of_provider_unique UNIQUE (provider_id, account_id),
    CONSTRAINT accounts_user FOREIGN KEY (user_id) REFERENCES todo.users (id) ON DELETE CASCADE,
    CONSTRAINT accounts_password_is_hashed CHECK (password_hash LIKE '$argon2id$%')
);
COMMENT ON TABLE todo.accounts IS 'The ways in which a user signs in.';

CREATE TABLE todo.sessions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    -- SHA-256 of the token: who reads this table can't sign in with it.
    token_hash bytea NOT NULL,
    -- Whether it outlives the browser and is prolonged while it is used.
    remembered boolean NOT NULL,
    expires_at timestamptz NOT NULL,
    ip_address text,
    user_agent text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,

    CONSTRAINT sessions_pkey PRIMARY KEY (id),
    CONSTRAINT sessions_token_unique UNIQUE (token_hash),
    CONSTRAINT sessions_user FOREIGN KEY (user_id) REFERENCES todo.users (id) ON DELETE CASCADE,
    CONSTRAINT sessions_token_hash_length CHECK (octet_length(token_hash) = 32),
    CONSTRAINT sessions_user_agent_length CHECK (char_length(user_agent) <= 512)
);
COMMENT ON TABLE todo.sessions IS 'Who is signed in, and until when.';

CREATE INDEX sessions_by_user ON todo.sessions (user_id, expires_at);

CREATE TABLE todo.sign_in_attempts (
    -- HMAC-SHA-256 of an e-mail address or of a client's network address: neither can be read here.
    key bytea NOT NULL,
    failures integer NOT NULL,
    last_at timestamptz NOT NULL,
    -- No attempt counts before this instant.
    allowed_from timestamptz NOT NULL,

    CONSTRAINT sign_in_attempts_pkey PRIMARY KEY (key),
    CONSTRAINT sign_in_attempts_key_length CHECK (octet_length(key) = 32),
    CONSTRAINT sign_in_attempts_failures_positive CHECK (failures >= 0)
);
COMMENT ON TABLE todo.sign_in_attempts IS 'Attempts to sign in that did not succeed, per account and per client address.';

CREATE INDEX sign_in_attempts_by_age ON todo.sign_in_attempts (last_at);

DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['users', 'accounts', 'sessions', 'sign_in_attempts'] LOOP
        EXECUTE format('ALTER TABLE todo.%I ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE todo.%I FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format('CREATE POLICY %I ON todo.%I TO todo_identity USING (true) WITH CHECK (true)',
            table_name || '_of_identity', table_name);
    END LOOP;
END
$$;

GRANT SELECT, INSERT ON todo.users TO todo_identity;
GRANT UPDATE (email_verified, name, image, time_zone, updated_at) ON todo.users TO todo_identity;
GRANT SELECT, INSERT ON todo.accounts TO todo_identity;
GRANT UPDATE (password_hash, updated_at) ON todo.accounts TO todo_identity;
GRANT SELECT, INSERT, DELETE ON todo.sessions TO todo_identity;
GRANT UPDATE (expires_at, updated_at) ON todo.sessions TO todo_identity;
GRANT SELECT, INSERT, UPDATE, DELETE ON todo.sign_in_attempts TO todo_identity;
