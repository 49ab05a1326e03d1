-- Tokens that people make for their own programs.
--
-- todo_identity makes, lists and deletes them. todo_app, whose components check tokens, may look one up by its hash, by a function that does
-- nothing else.

CREATE TABLE todo.personal_tokens (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    -- One of 20: so many tokens a person may have. One that has ended gives its place to the next.
    place smallint NOT NULL,
    name text NOT NULL,
    -- SHA-256 of the token: who reads this table can't use it.
    token_hash bytea NOT NULL,
    -- Its first characters, by which a person knows it again.
    start text NOT NULL,
    -- What it may do: scopes separated by spaces.
    scope text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    -- To the hour, so that not every request writes.
    last_used_at timestamptz,

    CONSTRAINT personal_tokens_pkey PRIMARY KEY (id),
    CONSTRAINT personal_tokens_place_unique UNIQUE (user_id, place),
    CONSTRAINT personal_tokens_hash_unique UNIQUE (token_hash),
    CONSTRAINT personal_tokens_user FOREIGN KEY (user_id) REFERENCES todo.users (id) ON DELETE CASCADE,
    CONSTRAINT personal_tokens_place_known CHECK (place BETWEEN 1 AND 20),
    CONSTRAINT personal_tokens_name_length CHECK (char_length(name) BETWEEN 1 AND 100),
    CONSTRAINT personal_tokens_token_hash_length CHECK (octet_length(token_hash) = 32),
    CONSTRAINT personal_tokens_start_length CHECK (char_length(start) BETWEEN 1 AND 16),
    CONSTRAINT personal_tokens_scope_length CHECK (char_length(scope) BETWEEN 1 AND 200),
    CONSTRAINT personal_tokens_a_year_at_most CHECK (expires_at <= created_at + interval '366 days')
);
COMMENT ON TABLE todo.personal_tokens IS 'Tokens that people made for their own programs.';

ALTER TABLE todo.personal_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.personal_tokens FORCE ROW LEVEL SECURITY;
CREATE POLICY personal_tokens_of_identity ON todo.personal_tokens TO todo_identity USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON todo.personal_tokens TO todo_identity;

-- The function runs as the owner, whom row-level security holds too.
CREATE POLICY personal_tokens_of_the_owner ON todo.personal_tokens TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY users_of_personal_tokens ON todo.users FOR SELECT TO CURRENT_USER
    USING (EXISTS (SELECT FROM todo.personal_tokens AS tokens WHERE tokens.user_id = users.id));

-- Whose token this is and what it may do, if it is one that has not ended; and when it is used the first time in an hour, that it was used.
CREATE FUNCTION todo.find_personal_token(hash bytea)
    RETURNS TABLE (user_id uuid, scope text, expires_at timestamptz, email text, name text, time_zone text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
#variable_conflict use_column
BEGIN
    UPDATE todo.personal_tokens AS tokens SET last_used_at = date_trunc('hour', now())
    WHERE tokens.token_hash = hash
        AND tokens.expires_at > now()
        AND (tokens.last_used_at IS NULL OR tokens.last_used_at < date_trunc('hour', now()));
    RETURN QUERY
        SELECT tokens.user_id, tokens.scope, tokens.expires_at, users.email, users.name, users.time_zone
        FROM todo.personal_tokens AS tokens
        JOIN todo.users AS users ON users.id = tokens.user_id
        WHERE tokens.token_hash = hash AND tokens.expires_at > now();
END
$$;
COMMENT ON FUNCTION todo.find_personal_token(bytea) IS 'Whose token has this hash, and what it may do, if it has not ended.';
REVOKE ALL ON FUNCTION todo.find_personal_token(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION todo.find_personal_token(bytea) TO todo_app;
