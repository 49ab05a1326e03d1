-- Pairs of keys that sign tokens for programs, and what OpenID Connect needs beside them.
--
-- A private part is sealed by a key derived from the app's secret: who has this table alone signs nothing. todo_identity makes and
-- reads keys; todo_app, whose components check tokens, sees the public columns and no other.

CREATE TABLE todo.signing_keys (
    -- What tokens name it by (`kid`); made under the app's secret, so that no stranger makes one up.
    id text NOT NULL,
    -- As headers of tokens name it (RFC 7518, section 3.1; RFC 8037, section 3.1).
    algorithm text NOT NULL,
    -- The how-manieth of its algorithm: of two processes that make the next one at once, one does.
    generation integer NOT NULL,
    -- 32 bytes of Ed25519, or an uncompressed point of P-256.
    public_key bytea NOT NULL,
    -- Nonce, 32 bytes of key and tag (XChaCha20-Poly1305).
    sealed_private_key bytea NOT NULL,
    created_at timestamptz NOT NULL,
    -- From when on it signs. It is published before, so that whoever checks tokens has it by then.
    signs_from timestamptz NOT NULL,
    -- From when on it signs no more; NULL for the newest one.
    retired_at timestamptz,
    -- Until when it is published, so that tokens in circulation can be checked; NULL for the newest one.
    published_until timestamptz,

    CONSTRAINT signing_keys_pkey PRIMARY KEY (id),
    CONSTRAINT signing_keys_generation_unique UNIQUE (algorithm, generation),
    CONSTRAINT signing_keys_id_length CHECK (char_length(id) BETWEEN 1 AND 64),
    CONSTRAINT signing_keys_algorithm_known CHECK (algorithm IN ('EdDSA', 'ES256')),
    CONSTRAINT signing_keys_public_key_length CHECK (
        octet_length(public_key) = CASE algorithm WHEN 'EdDSA' THEN 32 ELSE 65 END
    ),
    CONSTRAINT signing_keys_private_key_sealed CHECK (octet_length(sealed_private_key) = 24 + 32 + 16)
);
COMMENT ON TABLE todo.signing_keys IS 'Pairs of keys that sign tokens for programs; private parts are sealed.';

ALTER TABLE todo.signing_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.signing_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY signing_keys_of_identity ON todo.signing_keys TO todo_identity USING (true) WITH CHECK (true);
CREATE POLICY signing_keys_to_check ON todo.signing_keys FOR SELECT TO todo_app USING (true);
GRANT SELECT, INSERT, DELETE ON todo.signing_keys TO todo_identity;
GRANT UPDATE (retired_at, published_until) ON todo.signing_keys TO todo_identity;
GRANT SELECT (id, algorithm, public_key, published_until) ON todo.signing_keys TO todo_app;

-- What a program wants to find again in the token that says who somebody is (OpenID Connect Core, section 3.1.2.1).
ALTER TABLE todo.oauth_grants
    ADD COLUMN nonce text CONSTRAINT oauth_grants_nonce_length CHECK (char_length(nonce) BETWEEN 1 AND 512);

-- Where people may be sent after they signed out (OpenID Connect RP-Initiated Logout, section 3.1).
ALTER TABLE todo.oauth_clients
    ADD COLUMN post_logout_redirect_uris text[] NOT NULL DEFAULT '{}'
        CONSTRAINT oauth_clients_post_logout_redirect_uris_number CHECK (cardinality(post_logout_redirect_uris) <= 10);
