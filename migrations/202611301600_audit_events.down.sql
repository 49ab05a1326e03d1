CREATE OR REPLACE FUNCTION todo.erase_rows_of(erased uuid) RETURNS void
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

DROP FUNCTION todo.record_refused_token(text);
DROP FUNCTION todo.record_event(text, text, text, uuid, text, bytea, text, integer, integer);
DROP FUNCTION todo.append_event(text, text, text, bigint, boolean, uuid, text, bytea, text, integer);
DROP VIEW todo.audit_log;
DROP POLICY audit_events_of_the_acting_user ON todo.audit_events;
DROP TABLE todo.audit_event_details;
DROP TABLE todo.audit_events;
DROP TABLE todo.audit_chains;
