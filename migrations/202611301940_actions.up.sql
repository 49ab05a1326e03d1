-- What was done to tasks can be taken back for a day. An action is what one transaction did, whichever endpoint it came from and however
-- many tasks it changed: todo.task_events has what that was. What the tasks were before is kept here.

CREATE TABLE todo.task_versions (
    user_id uuid NOT NULL,
    -- The transaction that replaced this version, as the events of what it did have it.
    transaction_id xid8 NOT NULL,
    task_id uuid NOT NULL,
    version bigint NOT NULL,
    -- The row of todo.tasks, a member for each column.
    task jsonb NOT NULL,
    replaced_at timestamptz NOT NULL,

    CONSTRAINT task_versions_pkey PRIMARY KEY (user_id, transaction_id, task_id)
);
COMMENT ON TABLE todo.task_versions IS 'What tasks were before they were changed, for a day (todo.keep_versions).';
-- As of the other tables that grow with their users (202611301200).
ALTER TABLE todo.task_versions ALTER COLUMN user_id SET (n_distinct = -0.0002);

-- The actions that were taken back, and those that were done again after that: each turn is a transaction of its own.
CREATE TABLE todo.turned_actions (
    user_id uuid NOT NULL,
    -- The transaction that did it first.
    transaction_id xid8 NOT NULL,
    -- The transaction that took it back or did it again last, and so the one whose tasks' versions the next turn puts back.
    last_turn xid8 NOT NULL,
    undone boolean NOT NULL,
    turned_at timestamptz NOT NULL,

    CONSTRAINT turned_actions_pkey PRIMARY KEY (user_id, transaction_id)
);
COMMENT ON TABLE todo.turned_actions IS 'What was taken back of what was done to tasks.';

ALTER TABLE todo.task_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.task_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY task_versions_of_the_acting_user ON todo.task_versions TO todo_app
    USING (todo.may_access(user_id)) WITH CHECK (todo.may_access(user_id));
ALTER TABLE todo.turned_actions ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.turned_actions FORCE ROW LEVEL SECURITY;
CREATE POLICY turned_actions_of_the_acting_user ON todo.turned_actions TO todo_app
    USING (todo.may_access(user_id)) WITH CHECK (todo.may_access(user_id));
-- Row-level security holds the owner too, who erases what is stored of a user.
CREATE POLICY task_versions_erased_by_the_owner ON todo.task_versions TO CURRENT_USER USING (todo.may_access(user_id));
CREATE POLICY turned_actions_erased_by_the_owner ON todo.turned_actions TO CURRENT_USER USING (todo.may_access(user_id));

GRANT SELECT, INSERT, DELETE ON todo.task_versions TO todo_app;
GRANT SELECT, INSERT, DELETE ON todo.turned_actions TO todo_app;
GRANT UPDATE (last_turn, undone, turned_at) ON todo.turned_actions TO todo_app;

-- Called once for a statement, with all rows that it changed, so that no statement has to know of it. One in twenty deletes what the user
-- did before the last day: each would pay for looking.
CREATE FUNCTION todo.keep_versions() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO todo.task_versions (user_id, transaction_id, task_id, version, task, replaced_at)
    SELECT user_id, pg_current_xact_id(), id, version, to_jsonb(old_tasks), clock_timestamp() FROM old_tasks;
    IF random() < 0.05 THEN
        DELETE FROM todo.task_versions
        WHERE user_id = (SELECT old_tasks.user_id FROM old_tasks LIMIT 1) AND replaced_at < clock_timestamp() - interval '1 day';
        DELETE FROM todo.turned_actions
        WHERE user_id = (SELECT old_tasks.user_id FROM old_tasks LIMIT 1) AND turned_at < clock_timestamp() - interval '1 day';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION todo.keep_versions() IS 'Keeps for a day what tasks were before a change, so that it can be taken back.';
REVOKE ALL ON FUNCTION todo.keep_versions() FROM PUBLIC;

CREATE TRIGGER tasks_keep_versions AFTER UPDATE ON todo.tasks
    REFERENCING OLD TABLE AS old_tasks
    FOR EACH STATEMENT
    -- What follows a reference that is gone is no change of the task.
    WHEN (pg_trigger_depth() = 0)
    EXECUTE FUNCTION todo.keep_versions();
