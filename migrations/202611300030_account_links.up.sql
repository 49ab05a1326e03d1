-- What lets people keep their accounts: links that are sent by mail, the mail of a local run, places for hashing passwords, an id for
-- each way to sign in, and the erasure of a user.

CREATE TABLE todo.account_links (
    -- SHA-256 of the token in the link: who reads this table can't use it.
    token_hash bytea NOT NULL,
    purpose text NOT NULL,
    user_id uuid NOT NULL,
    -- The address that the link is about: the one to be confirmed or changed to, else the one that it was sent to.
    email text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- By this server's clock, which is the only one that is asked.
    expires_at timestamptz NOT NULL,

    CONSTRAINT account_links_pkey PRIMARY KEY (token_hash),
    CONSTRAINT account_links_user FOREIGN KEY (user_id) REFERENCES todo.users (id) ON DELETE CASCADE,
    CONSTRAINT account_links_token_hash_length CHECK (octet_length(token_hash) = 32),
    CONSTRAINT account_links_purpose_known CHECK (purpose IN
        ('verify-email', 'confirm-change-email', 'change-email', 'reset-password', 'delete-user')),
    CONSTRAINT account_links_email_lower_case CHECK (email = lower(email)),
    CONSTRAINT account_links_email_length CHECK (char_length(email) BETWEEN 3 AND 254)
);
COMMENT ON TABLE todo.account_links IS 'Links sent by mail. Each is good once: following it deletes its row.';

CREATE INDEX account_links_by_user ON todo.account_links (user_id, purpose);
CREATE INDEX account_links_by_end ON todo.account_links (expires_at);

CREATE TABLE todo.local_mail (
    id uuid NOT NULL,
    recipient text NOT NULL,
    subject text NOT NULL,
    text text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT local_mail_pkey PRIMARY KEY (id),
    CONSTRAINT local_mail_recipient_length CHECK (char_length(recipient) BETWEEN 3 AND 254),
    CONSTRAINT local_mail_subject_length CHECK (char_length(subject) <= 200),
    CONSTRAINT local_mail_text_length CHECK (char_length(text) <= 10000)
);
COMMENT ON TABLE todo.local_mail IS
    'Mail of an app that runs on its user''s own machine, where nothing is sent. Only the last ones are kept.';

CREATE INDEX local_mail_by_age ON todo.local_mail (created_at);

CREATE TABLE todo.password_hash_slots (
    -- From 1 to as many as may be hashed at a time.
    place integer NOT NULL,
    -- A hash that is being computed.
    holder uuid NOT NULL,
    -- Free from then on, also where the holder was lost.
    held_until timestamptz NOT NULL,

    CONSTRAINT password_hash_slots_pkey PRIMARY KEY (place),
    CONSTRAINT password_hash_slots_place_positive CHECK (place > 0)
);
COMMENT ON TABLE todo.password_hash_slots IS
    'Places in which passwords are hashed: so many at a time over all replicas. Rows are used again and again.';

DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['account_links', 'local_mail', 'password_hash_slots'] LOOP
        EXECUTE format('ALTER TABLE todo.%I ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE todo.%I FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format('CREATE POLICY %I ON todo.%I TO todo_identity USING (true) WITH CHECK (true)',
            table_name || '_of_identity', table_name);
        EXECUTE format('GRANT SELECT, INSERT, DELETE ON todo.%I TO todo_identity', table_name);
    END LOOP;
END
$$;

-- Who locks rows to delete them has to have the right to change something of them.
GRANT UPDATE (expires_at) ON todo.account_links TO todo_identity;
GRANT UPDATE (holder, held_until) ON todo.password_hash_slots TO todo_identity;

-- What clients name one of a user's ways to sign in by.
ALTER TABLE todo.accounts ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid();

GRANT UPDATE (email) ON todo.users TO todo_identity;
GRANT DELETE ON todo.users TO todo_identity;

-- What tools store of a user is out of identity's reach, but the user may have it erased. The function does that and no more:
-- every row of every table that has a user_id.
CREATE FUNCTION todo.erase_rows_of(erased uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    table_name name;
BEGIN
    PERFORM set_config('todo.user_id', erased::text, true);
    FOR table_name IN
        SELECT class.relname
        FROM pg_class AS class
        JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid
        WHERE class.relnamespace = 'todo'::regnamespace
            AND class.relkind IN ('r', 'p')
            AND attribute.attname = 'user_id'
            AND NOT attribute.attisdropped
            -- Rows that refer to a user go with the user.
            AND NOT EXISTS (
                SELECT FROM pg_constraint AS reference
                WHERE reference.conrelid = class.oid
                    AND reference.confrelid = 'todo.users'::regclass
                    AND reference.confdeltype = 'c'
            )
        ORDER BY class.relname
    LOOP
        EXECUTE format('DELETE FROM todo.%I WHERE user_id = $1', table_name) USING erased;
    END LOOP;
END
$$;
COMMENT ON FUNCTION todo.erase_rows_of(uuid) IS
    'Deletes what is stored of a user in the tables of the tools and of chat; the user itself is identity''s to delete.';
REVOKE ALL ON FUNCTION todo.erase_rows_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION todo.erase_rows_of(uuid) TO todo_identity;

-- The function runs as the owner, whom row-level security holds too. The other tables have a policy for everybody who names
-- the user.
CREATE POLICY tasks_erased_by_the_owner ON todo.tasks TO CURRENT_USER USING (todo.may_access(user_id));
CREATE POLICY task_events_erased_by_the_owner ON todo.task_events TO CURRENT_USER USING (todo.may_access(user_id));
