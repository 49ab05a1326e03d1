-- Calendars that people subscribe to: an address that nobody can guess shows one user's open tasks, and nothing else.

CREATE TABLE todo.calendar_feeds (
    user_id uuid NOT NULL,
    -- SHA-256 of the token in the address, which is told once.
    token_hash bytea NOT NULL,
    created_at timestamptz NOT NULL,
    -- When a calendar last read it, to the hour; NULL while none has.
    read_at timestamptz,

    CONSTRAINT calendar_feeds_pkey PRIMARY KEY (user_id),
    CONSTRAINT calendar_feeds_token_unique UNIQUE (token_hash),
    CONSTRAINT calendar_feeds_token_hash_length CHECK (octet_length(token_hash) = 32)
);
COMMENT ON TABLE todo.calendar_feeds IS 'The secret addresses at which calendars read users'' tasks, one each.';

ALTER TABLE todo.calendar_feeds ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.calendar_feeds FORCE ROW LEVEL SECURITY;
CREATE POLICY calendar_feeds_of_the_acting_user ON todo.calendar_feeds TO todo_app
    USING (todo.may_access(user_id)) WITH CHECK (todo.may_access(user_id));
-- Row-level security holds the owner too, who erases what is stored of a user, and tells whose feed a token is for.
CREATE POLICY calendar_feeds_erased_by_the_owner ON todo.calendar_feeds TO CURRENT_USER USING (todo.may_access(user_id));
CREATE POLICY calendar_feeds_found_by_the_owner ON todo.calendar_feeds FOR SELECT TO CURRENT_USER USING (true);

GRANT SELECT, INSERT, DELETE ON todo.calendar_feeds TO todo_app;
GRANT UPDATE (token_hash, created_at, read_at) ON todo.calendar_feeds TO todo_app;

-- Whose feed it is, and nothing else of them: what it shows is read by a statement that acts for that user.
CREATE FUNCTION todo.find_calendar_feed(sought bytea) RETURNS TABLE (owner_id uuid, last_read_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
    SELECT user_id, read_at FROM todo.calendar_feeds WHERE token_hash = sought
$$;
COMMENT ON FUNCTION todo.find_calendar_feed(bytea) IS 'The user whose feed has a token of this hash, and when it was last read.';
REVOKE ALL ON FUNCTION todo.find_calendar_feed(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION todo.find_calendar_feed(bytea) TO todo_app;
