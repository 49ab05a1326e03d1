DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['todo_app', 'todo_identity'] LOOP
        EXECUTE format('ALTER ROLE %I IN DATABASE %I RESET jit', role_name, current_database());
    END LOOP;
EXCEPTION
    WHEN insufficient_privilege THEN NULL;
END
$$;
