-- The schema, the two roles the app signs in as, and the rule by which row-level security decides.
-- Safe to run where an administrator has made the roles beforehand, and beside other databases of the
-- same server that use the same roles.

CREATE SCHEMA todo;
COMMENT ON SCHEMA todo IS 'Everything the todo assistant stores.';

-- Roles belong to the whole server. They are made without the right to sign in: whoever runs the app
-- gives LOGIN and a password (`runtime-shim up`, or an administrator).
DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['todo_app', 'todo_identity'] LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = role_name) THEN
            BEGIN
                EXECUTE format(
                    'CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS',
                    role_name);
            EXCEPTION
                -- Another database of this server made it in the same moment.
                WHEN duplicate_object OR unique_violation THEN NULL;
            END;
        END IF;

        -- A role made by someone else may stand above row-level security: then nothing would be
        -- limited to its user, so the migration stops here.
        IF EXISTS (SELECT FROM pg_catalog.pg_roles
                   WHERE rolname = role_name AND (rolsuper OR rolbypassrls)) THEN
            RAISE EXCEPTION 'role % bypasses row-level security', role_name
                USING HINT = format('As an administrator: ALTER ROLE %I NOSUPERUSER NOBYPASSRLS;', role_name);
        END IF;

        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), role_name);
        EXECUTE format('GRANT USAGE ON SCHEMA todo TO %I', role_name);

        -- No statement of the app is slow by design, and none leaves a transaction open. Set for this
        -- database only, so that others sharing the role keep their own limits.
        BEGIN
            EXECUTE format('ALTER ROLE %I IN DATABASE %I SET statement_timeout = %L',
                role_name, current_database(), '10s');
            EXECUTE format('ALTER ROLE %I IN DATABASE %I SET lock_timeout = %L',
                role_name, current_database(), '5s');
            EXECUTE format('ALTER ROLE %I IN DATABASE %I SET idle_in_transaction_session_timeout = %L',
                role_name, current_database(), '5s');
            -- The high cost of may_access would make PostgreSQL compile short statements to machine code, for
            -- half a second each.
            EXECUTE format('ALTER ROLE %I IN DATABASE %I SET jit = off', role_name, current_database());
        EXCEPTION
            -- The owner of the database need not be allowed to change roles it did not make.
            WHEN insufficient_privilege THEN
                RAISE WARNING 'not allowed to set the time limits of role %', role_name
                    USING HINT = 'An administrator sets statement_timeout, lock_timeout and '
                        'idle_in_transaction_session_timeout (see migrations/README.md).';
        END;
    END LOOP;
END
$$;

-- Whether the row of `owner` may be seen or written by the user this statement acts for.
--
-- A statement names its user by itself (migrations/README.md, "The acting statement"); a statement
-- that names none sees no row and writes no row. PL/pgSQL and the high cost make PostgreSQL call this
-- after every cheaper condition, so after the one that reads the acting user, and never fold it
-- into an index condition.
CREATE FUNCTION todo.may_access(owner uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000
    AS $$
BEGIN
    -- Unset reads as NULL, and as '' once a transaction has set and forgotten it.
    RETURN coalesce(owner = nullif(current_setting('todo.user_id', true), '')::uuid, false);
END
$$;
COMMENT ON FUNCTION todo.may_access(uuid) IS
    'Row-level security: true for rows of the user named by the setting todo.user_id.';
REVOKE ALL ON FUNCTION todo.may_access(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION todo.may_access(uuid) TO todo_app, todo_identity;
