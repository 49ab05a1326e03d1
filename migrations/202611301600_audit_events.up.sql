-- What happened to accounts and to what programs were allowed: who signed in or failed to, which tokens were given and which requests refused.
--
-- Rows are only added, by todo.record_event. They are chained by hashes, so that one that is changed, removed or moved shows
-- (`runtime-shim audit verify`). What tells of a person lies in a table of its own, of which the chain covers a salted hash alone: a
-- person's rows there are deleted with the person, and the chain stays whole.

CREATE TABLE todo.audit_chains (
    chain smallint NOT NULL,
    -- The last event and its hash.
    sequence bigint NOT NULL DEFAULT 0,
    hash bytea NOT NULL DEFAULT sha256(''),
    -- The last event that was deleted by age, and its hash: the chain begins behind it.
    start_sequence bigint NOT NULL DEFAULT 0,
    start_hash bytea NOT NULL DEFAULT sha256(''),
    -- How many of the events that were deleted by age had lost their details to an erasure, and how many losses those told of.
    deleted_without_details bigint NOT NULL DEFAULT 0,
    deleted_erasures bigint NOT NULL DEFAULT 0,

    CONSTRAINT audit_chains_pkey PRIMARY KEY (chain),
    CONSTRAINT audit_chains_in_order CHECK (0 <= start_sequence AND start_sequence <= sequence)
)
-- Room for what is changed again and again: it stays on its page.
WITH (fillfactor = 10);
COMMENT ON TABLE todo.audit_chains IS
    'The ends of the chains of audit events. There are several, so that those who record at once need not wait for each other.';

CREATE TABLE todo.audit_events (
    chain smallint NOT NULL,
    sequence bigint NOT NULL,
    at timestamptz NOT NULL,
    -- What: `session.started`, `token.issued` …
    action text NOT NULL,
    outcome text NOT NULL,
    -- Why it was refused, or which kind of it: a word of the app's, never one of a caller's.
    detail text,
    -- Of how many events an erasure took the details.
    erased bigint,
    -- SHA-256 of salt and details; NULL where there never were any.
    details_hash bytea,
    -- SHA-256 of the hash of the event before and of all columns above.
    hash bytea NOT NULL,

    CONSTRAINT audit_events_pkey PRIMARY KEY (chain, sequence),
    CONSTRAINT audit_events_chain FOREIGN KEY (chain) REFERENCES todo.audit_chains (chain),
    CONSTRAINT audit_events_action_length CHECK (char_length(action) BETWEEN 1 AND 40),
    CONSTRAINT audit_events_outcome_known CHECK (outcome IN ('success', 'refused')),
    CONSTRAINT audit_events_detail_length CHECK (char_length(detail) BETWEEN 1 AND 60),
    CONSTRAINT audit_events_hash_length CHECK (octet_length(hash) = 32 AND octet_length(details_hash) = 32)
);
COMMENT ON TABLE todo.audit_events IS 'What happened, in chains of hashes; nothing of it tells of a person.';

CREATE TABLE todo.audit_event_details (
    chain smallint NOT NULL,
    sequence bigint NOT NULL,
    -- As of its event: a person's last ones, and those of a network in an hour, are found by an index.
    at timestamptz NOT NULL,
    -- Whom it is about; NULL while nobody is known.
    user_id uuid,
    -- The program that acted; NULL where the person did.
    client_id text,
    -- HMAC-SHA-256 of the network that the request came from: it can't be read here.
    network bytea,
    request_id text,
    -- Makes the hash tell nothing once the row is gone.
    salt bytea NOT NULL,

    CONSTRAINT audit_event_details_pkey PRIMARY KEY (chain, sequence),
    CONSTRAINT audit_event_details_event FOREIGN KEY (chain, sequence)
        REFERENCES todo.audit_events (chain, sequence) ON DELETE CASCADE,
    CONSTRAINT audit_event_details_client_id_length CHECK (char_length(client_id) <= 2048),
    CONSTRAINT audit_event_details_request_id_length CHECK (char_length(request_id) <= 128),
    CONSTRAINT audit_event_details_salt_length CHECK (octet_length(salt) = 32)
);
COMMENT ON TABLE todo.audit_event_details IS 'Whom audit events are about; deleted with the person.';

CREATE INDEX audit_event_details_by_user ON todo.audit_event_details (user_id, at) WHERE user_id IS NOT NULL;
CREATE INDEX audit_event_details_by_network ON todo.audit_event_details (network, at);
CREATE INDEX audit_events_by_age ON todo.audit_events (chain, at);
-- As of the other tables that grow with their users (202611301200).
ALTER TABLE todo.audit_event_details ALTER COLUMN user_id SET (n_distinct = -0.0002);

INSERT INTO todo.audit_chains (chain) SELECT generate_series(1, 16);

-- What `runtime-shim audit verify` reads: each event as the text that its hash covers, and its details as the text that theirs covers.
CREATE VIEW todo.audit_log AS
SELECT
    events.chain::integer AS chain,
    events.sequence,
    jsonb_build_array(events.chain, events.sequence, (extract(epoch FROM events.at) * 1000000)::bigint, events.action,
        events.outcome, events.detail, events.erased, encode(events.details_hash, 'hex'))::text AS content,
    events.hash,
    events.details_hash,
    details.salt,
    CASE WHEN details.salt IS NOT NULL THEN
        jsonb_build_array((extract(epoch FROM details.at) * 1000000)::bigint, details.user_id, details.client_id, encode(details.network, 'hex'), details.request_id)::text
    END AS details,
    coalesce(events.erased, 0) AS erased
FROM todo.audit_events AS events
LEFT JOIN todo.audit_event_details AS details ON details.chain = events.chain AND details.sequence = events.sequence;
COMMENT ON VIEW todo.audit_log IS 'Audit events as they are verified.';

DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['audit_chains', 'audit_events', 'audit_event_details'] LOOP
        EXECUTE format('ALTER TABLE todo.%I ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE todo.%I FORCE ROW LEVEL SECURITY', table_name);
        -- The functions below run as the owner, and whoever verifies signs in as the owner.
        EXECUTE format('CREATE POLICY %I ON todo.%I TO CURRENT_USER USING (true) WITH CHECK (true)',
            table_name || '_of_the_owner', table_name);
        EXECUTE format('REVOKE ALL ON todo.%I FROM PUBLIC, todo_app, todo_identity', table_name);
    END LOOP;
END
$$;

-- A person sees what happened to their account.
CREATE POLICY audit_event_details_of_the_acting_user ON todo.audit_event_details FOR SELECT TO todo_identity
    USING (todo.may_access(user_id));
CREATE POLICY audit_events_of_the_acting_user ON todo.audit_events FOR SELECT TO todo_identity
    USING (EXISTS (
        SELECT FROM todo.audit_event_details AS details
        WHERE details.chain = audit_events.chain AND details.sequence = audit_events.sequence
            AND todo.may_access(details.user_id)
    ));
GRANT SELECT ON todo.audit_events, todo.audit_event_details TO todo_identity;

-- Adds an event to a chain that nobody else is adding to, and moves the end of that chain: whoever records at the same time takes another.
-- `has_details` is false for what shall tell of nobody.
CREATE FUNCTION todo.append_event(
    action text, outcome text, detail text, erased bigint,
    has_details boolean, user_id uuid, client_id text, network bytea, request_id text, keep_days integer
) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    -- How many events that are too old one that is added deletes at most: more than one, so that they become fewer.
    max_deleted CONSTANT integer := 20;
    old todo.audit_chains;
    -- Chosen once: in a condition, each row would be compared with a number of its own.
    any_chain CONSTANT smallint := 1 + floor(random() * 16)::integer;
    at_time timestamptz;
    number bigint;
    new_salt bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    new_details_hash bytea;
    new_hash bytea;
    last_deleted bigint;
BEGIN
    SELECT chains.* INTO old FROM todo.audit_chains AS chains ORDER BY random() LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        -- All are being added to: wait for one of them.
        SELECT chains.* INTO STRICT old FROM todo.audit_chains AS chains
        WHERE chains.chain = any_chain
        FOR UPDATE;
    END IF;
    -- Taken under the lock, so that times grow along a chain.
    at_time := clock_timestamp();
    number := old.sequence + 1;
    IF has_details THEN
        new_details_hash := sha256(new_salt || convert_to(
            jsonb_build_array((extract(epoch FROM at_time) * 1000000)::bigint, user_id, client_id, encode(network, 'hex'), request_id)::text, 'UTF8'));
    END IF;
    new_hash := sha256(old.hash || convert_to(
        jsonb_build_array(old.chain, number, (extract(epoch FROM at_time) * 1000000)::bigint, action, outcome, detail, erased,
            encode(new_details_hash, 'hex'))::text, 'UTF8'));
    INSERT INTO todo.audit_events VALUES
        (old.chain, number, at_time, action, outcome, detail, erased, new_details_hash, new_hash);
    IF has_details THEN
        INSERT INTO todo.audit_event_details VALUES
            (old.chain, number, at_time, user_id, client_id, network, request_id, new_salt);
    END IF;
    UPDATE todo.audit_chains AS chains SET sequence = number, hash = new_hash WHERE chains.chain = old.chain;

    IF keep_days > 0 THEN
        SELECT max(events.sequence) INTO last_deleted FROM (
            SELECT too_old.sequence FROM todo.audit_events AS too_old
            WHERE too_old.chain = old.chain AND too_old.at < at_time - greatest(keep_days, 30) * interval '1 day'
            ORDER BY too_old.at, too_old.sequence
            LIMIT max_deleted
        ) AS events;
        IF last_deleted IS NOT NULL THEN
            -- What the chain begins behind, and what is needed to count erased details, is kept.
            UPDATE todo.audit_chains AS chains
            SET start_sequence = last_deleted,
                start_hash = (SELECT events.hash FROM todo.audit_events AS events
                    WHERE events.chain = old.chain AND events.sequence = last_deleted),
                deleted_without_details = deleted_without_details + (
                    SELECT count(*) FROM todo.audit_log AS log
                    WHERE log.chain = old.chain AND log.sequence <= last_deleted
                        AND log.details_hash IS NOT NULL AND log.details IS NULL),
                deleted_erasures = deleted_erasures + (
                    SELECT coalesce(sum(log.erased), 0) FROM todo.audit_log AS log
                    WHERE log.chain = old.chain AND log.sequence <= last_deleted)
            WHERE chains.chain = old.chain;
            DELETE FROM todo.audit_events AS events
            WHERE events.chain = old.chain AND events.sequence <= last_deleted;
        END IF;
    END IF;
END
$$;
COMMENT ON FUNCTION todo.append_event(text, text, text, bigint, boolean, uuid, text, bytea, text, integer) IS
    'Adds an audit event; deletes some that are older than so many days (30 at least), none for 0.';
REVOKE ALL ON FUNCTION todo.append_event(text, text, text, bigint, boolean, uuid, text, bytea, text, integer) FROM PUBLIC;

-- What the app's components record. What strangers bring about is limited for each network: the last one in an hour says so, and what
-- comes after it is not recorded. Whether there was room.
CREATE FUNCTION todo.record_event(
    action text, outcome text, detail text, user_id uuid, client_id text, network bytea, request_id text,
    most_of_a_network integer, keep_days integer
) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    recent bigint;
BEGIN
    -- Counted in any case: the time that it takes shall not tell whether somebody is known.
    SELECT count(*) INTO recent FROM (
        SELECT FROM todo.audit_event_details AS details
        WHERE details.network = record_event.network AND details.at > clock_timestamp() - interval '1 hour'
        LIMIT most_of_a_network
    ) AS counted;
    IF most_of_a_network > 0 AND (outcome = 'refused' OR user_id IS NULL) THEN
        IF recent >= most_of_a_network THEN
            RETURN false;
        ELSIF recent = most_of_a_network - 1 THEN
            PERFORM todo.append_event(
                'audit.limited', 'refused', action, NULL, true, NULL, NULL, network, request_id, keep_days);
            RETURN false;
        END IF;
    END IF;
    PERFORM todo.append_event(action, outcome, detail, NULL, true, user_id, client_id, network, request_id, keep_days);
    RETURN true;
END
$$;
COMMENT ON FUNCTION todo.record_event(text, text, text, uuid, text, bytea, text, integer, integer) IS
    'Adds an audit event, unless its network has had its share of an hour.';
REVOKE ALL ON FUNCTION todo.record_event(text, text, text, uuid, text, bytea, text, integer, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION todo.record_event(text, text, text, uuid, text, bytea, text, integer, integer) TO todo_identity;

-- What checks tokens records those that were forged or are for somebody else, so many in an hour over all processes: whose they are nobody knows.
CREATE FUNCTION todo.record_refused_token(detail text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    most CONSTANT integer := 200;
BEGIN
    IF (SELECT count(*) FROM (
            SELECT FROM todo.audit_event_details AS details
            WHERE details.network IS NULL AND details.at > clock_timestamp() - interval '1 hour'
            LIMIT most
        ) AS counted) >= most THEN
        RETURN false;
    END IF;
    PERFORM todo.append_event('token.refused', 'refused', detail, NULL, true, NULL, NULL, NULL, NULL, 0);
    RETURN true;
END
$$;
COMMENT ON FUNCTION todo.record_refused_token(text) IS 'Adds an audit event for a token that was refused, unless there were many.';
REVOKE ALL ON FUNCTION todo.record_refused_token(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION todo.record_refused_token(text) TO todo_app;

-- As before (202611300030), and first the details of the user's events go: one event that names nobody says how many.
CREATE OR REPLACE FUNCTION todo.erase_rows_of(erased uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    table_name name;
    details bigint;
BEGIN
    PERFORM set_config('todo.user_id', erased::text, true);
    WITH gone AS (
        DELETE FROM todo.audit_event_details WHERE user_id = erased RETURNING chain
    )
    SELECT count(*) INTO details FROM gone;
    PERFORM todo.append_event('account.deleted', 'success', NULL, details, false, NULL, NULL, NULL, NULL, 0);
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
