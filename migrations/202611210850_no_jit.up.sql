-- The cost of todo.may_access, high so that it is called last, makes PostgreSQL take a statement that looks at a few
-- thousand rows for one worth compiling. Compiling takes hundreds of milliseconds, the statement a few.
DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['todo_app', 'todo_identity'] LOOP
        EXECUTE format('ALTER ROLE %I IN DATABASE %I SET jit = off', role_name, current_database());
    END LOOP;
EXCEPTION
    -- The owner of the database need not be allowed to change roles it did not make.
    WHEN insufficient_privilege THEN
        RAISE WARNING 'not allowed to switch off jit for the roles todo_app and todo_identity'
            USING HINT = 'An administrator does: ALTER ROLE todo_app IN DATABASE … SET jit = off; the same for todo_identity.';
END
$$;
