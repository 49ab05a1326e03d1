-- Signing in with a second factor: codes of an authenticator app (TOTP, RFC 6238), and recovery codes.
--
-- todo_identity alone reads and writes it. A release before this one signs people in by their password alone while it still runs.

CREATE TABLE todo.two_factor (
    user_id uuid NOT NULL,
    -- What the app shares with the person's authenticator, encrypted under a key derived from the app's secret.
    sealed_secret bytea NOT NULL,
    -- SHA-256 of the recovery codes that are left, in hexadecimal digits. A code has 100 random bits.
    recovery_code_hashes text[] NOT NULL,
    -- The 30 seconds, counted since 1970, whose code was taken last: it and those before are taken no more.
    last_step bigint NOT NULL DEFAULT 0,
    -- Wrong codes since the last right one, and until when no other is looked at.
    failures integer NOT NULL DEFAULT 0,
    locked_until timestamptz NOT NULL DEFAULT '-infinity',
    created_at timestamptz NOT NULL DEFAULT now(),
    -- When a first code showed that the authenticator has the secret; NULL until then, and nobody is asked for codes.
    enabled_at timestamptz,

    CONSTRAINT two_factor_pkey PRIMARY KEY (user_id),
    CONSTRAINT two_factor_user FOREIGN KEY (user_id) REFERENCES todo.users (id) ON DELETE CASCADE,
    CONSTRAINT two_factor_sealed_secret_length CHECK (octet_length(sealed_secret) BETWEEN 41 AND 200),
    CONSTRAINT two_factor_recovery_codes_count CHECK (cardinality(recovery_code_hashes) <= 10),
    CONSTRAINT two_factor_numbers CHECK (last_step >= 0 AND failures >= 0)
);
COMMENT ON TABLE todo.two_factor IS 'The second factor of people who sign in with one.';

CREATE TABLE todo.two_factor_tokens (
    -- SHA-256 of the token that the browser has in a cookie.
    token_hash bytea NOT NULL,
    -- 'challenge': the password was right, and a code has to follow. 'device': its browser is asked for no code.
    purpose text NOT NULL,
    user_id uuid NOT NULL,
    -- Whether the session that follows a challenge outlives the browser.
    remembered boolean NOT NULL,
    -- How many codes a challenge was answered with.
    attempts smallint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,

    CONSTRAINT two_factor_tokens_pkey PRIMARY KEY (token_hash),
    CONSTRAINT two_factor_tokens_user FOREIGN KEY (user_id) REFERENCES todo.users (id) ON DELETE CASCADE,
    CONSTRAINT two_factor_tokens_token_hash_length CHECK (octet_length(token_hash) = 32),
    CONSTRAINT two_factor_tokens_purpose_known CHECK (purpose IN ('challenge', 'device'))
);
COMMENT ON TABLE todo.two_factor_tokens IS 'Sign-ins that wait for a code, and browsers that are asked for none.';

CREATE INDEX two_factor_tokens_by_user ON todo.two_factor_tokens (user_id, purpose, created_at);
CREATE INDEX two_factor_tokens_by_expiry ON todo.two_factor_tokens (expires_at);

DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['two_factor', 'two_factor_tokens'] LOOP
        EXECUTE format('ALTER TABLE todo.%I ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE todo.%I FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format('CREATE POLICY %I ON todo.%I TO todo_identity USING (true) WITH CHECK (true)',
            table_name || '_of_identity', table_name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON todo.%I TO todo_identity', table_name);
    END LOOP;
END
$$;
