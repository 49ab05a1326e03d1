-- Undone last. RESTRICT, so that a table that is still there stops it instead of being lost.

DROP FUNCTION todo.may_access(uuid);
DROP SCHEMA todo RESTRICT;

DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['todo_app', 'todo_identity'] LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = role_name) THEN
            CONTINUE;
        END IF;
        EXECUTE format('REVOKE ALL ON DATABASE %I FROM %I', current_database(), role_name);
        BEGIN
            EXECUTE format('ALTER ROLE %I IN DATABASE %I RESET ALL', role_name, current_database());
            EXECUTE format('DROP ROLE %I', role_name);
        EXCEPTION
            WHEN dependent_objects_still_exist THEN
                -- Roles belong to the whole server: another database holds rights of this one.
                RAISE NOTICE 'role % is used by another database and stays', role_name;
                EXECUTE format('ALTER ROLE %I IN DATABASE %I RESET ALL', role_name, current_database());
            WHEN insufficient_privilege THEN
                RAISE NOTICE 'role % was made by an administrator and stays', role_name;
        END;
    END LOOP;
END
$$;
