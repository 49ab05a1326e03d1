-- Subtasks: a task may belong to another one of its user.

ALTER TABLE todo.tasks ADD COLUMN parent_id uuid;
-- With the user in it, so that no task belongs to one of somebody else. Not validated, so that nothing waits while rows are read: none
-- has a parent yet.
ALTER TABLE todo.tasks ADD CONSTRAINT tasks_parent FOREIGN KEY (user_id, parent_id) REFERENCES todo.tasks (user_id, id)
    ON DELETE SET NULL (parent_id) NOT VALID;
-- Also of deleted tasks, which come back with their parent.
CREATE INDEX tasks_by_parent ON todo.tasks (user_id, parent_id, id) WHERE parent_id IS NOT NULL;
GRANT UPDATE (parent_id) ON todo.tasks TO todo_app;

-- What a reference can't say of a tree: no task is below itself, there are five levels at most, and who gets a subtask is there and, for an
-- open one, open. A statement's own look before it writes could not promise that, since another one may move the parent in the same
-- moment. So each change of a user's trees waits for the one before, and looks when that one is done.
CREATE FUNCTION todo.check_parent() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    parent record;
    levels_above integer;
    levels_below integer;
    is_cycle boolean;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('todo.tasks.parent_id ' || NEW.user_id, 0));
    SELECT deleted_at, completed_at INTO parent FROM todo.tasks WHERE user_id = NEW.user_id AND id = NEW.parent_id;
    IF NOT FOUND OR parent.deleted_at IS NOT NULL THEN
        RAISE EXCEPTION 'the parent of a task is not there'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'tasks_parent';
    END IF;
    IF parent.completed_at IS NOT NULL AND NEW.completed_at IS NULL AND NEW.deleted_at IS NULL THEN
        RAISE EXCEPTION 'the parent of an open task is done'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_parent_open';
    END IF;
    WITH RECURSIVE above (id, level) AS (
        SELECT NEW.parent_id, 1
        UNION ALL
        SELECT tasks.parent_id, above.level + 1
        FROM above JOIN todo.tasks ON tasks.user_id = NEW.user_id AND tasks.id = above.id
        -- No further than to what is wrong.
        WHERE tasks.parent_id IS NOT NULL AND above.id <> NEW.id AND above.level < 6
    )
    SELECT max(level), bool_or(id = NEW.id) INTO levels_above, is_cycle FROM above;
    IF is_cycle THEN
        RAISE EXCEPTION 'a task is below itself' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_parent_cycle';
    END IF;
    WITH RECURSIVE below (id, level) AS (
        SELECT NEW.id, 1
        UNION ALL
        SELECT tasks.id, below.level + 1
        FROM below JOIN todo.tasks ON tasks.user_id = NEW.user_id AND tasks.parent_id = below.id
        WHERE tasks.deleted_at IS NULL AND below.level < 6
    )
    SELECT max(level) INTO levels_below FROM below;
    IF levels_above + levels_below > 5 THEN
        RAISE EXCEPTION 'tasks are nested deeper than five levels'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_parent_depth';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION todo.check_parent() IS 'Keeps the trees of tasks free of circles, and five levels deep at most.';
REVOKE ALL ON FUNCTION todo.check_parent() FROM PUBLIC;

CREATE TRIGGER tasks_check_new_parent AFTER INSERT ON todo.tasks
    FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION todo.check_parent();
CREATE TRIGGER tasks_check_parent AFTER UPDATE OF parent_id ON todo.tasks
    FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL AND NEW.parent_id IS DISTINCT FROM OLD.parent_id)
    EXECUTE FUNCTION todo.check_parent();
