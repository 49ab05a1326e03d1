-- What was done to tasks, so that it can be taken back for a day: each statement that changes tasks is an action, whichever
-- endpoint it came from, and however many tasks it changed.

CREATE TABLE todo.actions (
    user_id uuid NOT NULL,
    -- A UUID version 7 to the microsecond, by the clock of the database: the order in which a user's actions were done.
    id uuid NOT NULL,
    kind text NOT NULL,
    task_count integer NOT NULL,
    -- What each task was before, an object a task: its `id`, the version that it came `from` (null for a new one) and the `version` that
    -- it got, and `before`, the columns that were something else. Of an action that was taken back it is the same the other way round.
    changes jsonb NOT NULL,
    -- Whether it can be taken back at all: what is gone for good, such as a list, took some of it along.
    can_be_undone boolean NOT NULL,
    recorded_at timestamptz NOT NULL,
    undone_at timestamptz,

    CONSTRAINT actions_pkey PRIMARY KEY (user_id, id),
    CONSTRAINT actions_kind_known CHECK (kind IN ('added', 'deleted', 'restored', 'completed', 'reopened', 'updated')),
    CONSTRAINT actions_changes_array CHECK (jsonb_typeof(changes) = 'array'),
    CONSTRAINT actions_task_count_positive CHECK (task_count >= 1)
);
COMMENT ON TABLE todo.actions IS 'What was done to tasks in the last day, and what they were before (todo.record_action).';

CREATE INDEX actions_undone ON todo.actions (user_id, undone_at) WHERE undone_at IS NOT NULL;
-- As of the other tables that grow with their users (202611301200).
ALTER TABLE todo.actions ALTER COLUMN user_id SET (n_distinct = -0.0002);

ALTER TABLE todo.actions ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.actions FORCE ROW LEVEL SECURITY;
CREATE POLICY actions_of_the_acting_user ON todo.actions TO todo_app
    USING (todo.may_access(user_id)) WITH CHECK (todo.may_access(user_id));
-- Row-level security holds the owner too, who erases what is stored of a user.
CREATE POLICY actions_erased_by_the_owner ON todo.actions TO CURRENT_USER USING (todo.may_access(user_id));

GRANT SELECT, INSERT, DELETE ON todo.actions TO todo_app;
GRANT UPDATE (changes, undone_at) ON todo.actions TO todo_app;

-- A UUID version 7 (RFC 9562, section 5.7) of an instant, with its microseconds as section 6.2 has them (method 3).
CREATE FUNCTION todo.action_id(at timestamptz, random uuid) RETURNS uuid
    -- One expression, and not said to be immutable: only so PostgreSQL writes it into the statement.
    LANGUAGE sql STABLE
    AS $$
    SELECT (lpad(to_hex((extract(epoch FROM at) * 1000000)::bigint / 1000), 12, '0')
        || to_hex(28672 + (extract(epoch FROM at) * 1000000)::bigint % 1000 * 4096 / 1000) || substr(random::text, 20))::uuid
$$;
COMMENT ON FUNCTION todo.action_id(timestamptz, uuid) IS 'The id of an action that was done at an instant.';
REVOKE ALL ON FUNCTION todo.action_id(timestamptz, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION todo.action_id(timestamptz, uuid) TO todo_app;

-- A column that tasks get is to be named here, or it is not taken back.
CREATE FUNCTION todo.task_before(old todo.tasks, new todo.tasks) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
    SELECT CASE WHEN old.completed_at IS DISTINCT FROM new.completed_at
            THEN jsonb_build_object('completed_at', old.completed_at) ELSE '{}' END
        || CASE WHEN old.deleted_at IS DISTINCT FROM new.deleted_at
            THEN jsonb_build_object('deleted_at', old.deleted_at) ELSE '{}' END
        || CASE WHEN old.title <> new.title THEN jsonb_build_object('title', old.title, 'title_key', old.title_key,
            'title_words', old.title_words) ELSE '{}' END
        || CASE WHEN old.notes IS DISTINCT FROM new.notes
            THEN jsonb_build_object('notes', old.notes, 'notes_words', old.notes_words) ELSE '{}' END
        || CASE WHEN (old.due_on, old.due_at, old.due_offset, old.time_zone, old.due_by)
                IS DISTINCT FROM (new.due_on, new.due_at, new.due_offset, new.time_zone, new.due_by)
            THEN jsonb_build_object('due_on', old.due_on, 'due_at', old.due_at, 'due_offset', old.due_offset,
                'time_zone', old.time_zone, 'due_by', old.due_by) ELSE '{}' END
        || CASE WHEN old.priority <> new.priority THEN jsonb_build_object('priority', old.priority) ELSE '{}' END
        || CASE WHEN old.labels <> new.labels
            THEN jsonb_build_object('labels', old.labels, 'label_words', old.label_words) ELSE '{}' END
        || CASE WHEN old.list_id IS DISTINCT FROM new.list_id THEN jsonb_build_object('list_id', old.list_id) ELSE '{}' END
        || CASE WHEN old.parent_id IS DISTINCT FROM new.parent_id
            THEN jsonb_build_object('parent_id', old.parent_id) ELSE '{}' END
        || CASE WHEN old.recurrence IS DISTINCT FROM new.recurrence
            THEN jsonb_build_object('recurrence', old.recurrence) ELSE '{}' END
$$;
COMMENT ON FUNCTION todo.task_before(todo.tasks, todo.tasks) IS
    'The columns that a change of a task gave another value, with the values that they had.';
REVOKE ALL ON FUNCTION todo.task_before(todo.tasks, todo.tasks) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION todo.task_before(todo.tasks, todo.tasks) TO todo_app;

-- Each is called once for a statement, with all rows that it changed, however many parts of it did. Every change of a task pays for it,
-- so the plans are made once for a connection; it also deletes what the user did before the last day.
CREATE FUNCTION todo.record_addition() RETURNS trigger
    LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan
    AS $$
DECLARE
    at timestamptz := clock_timestamp();
BEGIN
    INSERT INTO todo.actions (user_id, id, kind, task_count, changes, can_be_undone, recorded_at)
    SELECT user_id, todo.action_id(at, gen_random_uuid()), 'added', count(*),
        jsonb_agg(jsonb_build_object('id', id, 'version', version) ORDER BY id), true, at
    FROM new_tasks GROUP BY user_id;
    DELETE FROM todo.actions
    WHERE user_id = (SELECT new_tasks.user_id FROM new_tasks LIMIT 1)
      AND id < todo.action_id(at - interval '1 day', '00000000-0000-7000-8000-000000000000');
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION todo.record_addition() IS 'Keeps for a day that tasks were added, so that it can be taken back.';
REVOKE ALL ON FUNCTION todo.record_addition() FROM PUBLIC;

-- A statement that takes an action back, or does it again, names it in todo.turned_action: then it is that action which is the other way
-- round from now on. One that can't be taken back says so in todo.action_stays.
CREATE FUNCTION todo.record_change() RETURNS trigger
    LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan
    AS $$
DECLARE
    at timestamptz := clock_timestamp();
    turned uuid := nullif(current_setting('todo.turned_action', true), '')::uuid;
BEGIN
    INSERT INTO todo.actions (user_id, id, kind, task_count, changes, can_be_undone, recorded_at)
    SELECT user_id, coalesce(turned, todo.action_id(at, gen_random_uuid())),
        -- The first of these that it did.
        (ARRAY['deleted', 'restored', 'completed', 'reopened', 'updated'])[min(
            CASE WHEN before ? 'deleted_at' THEN CASE WHEN before -> 'deleted_at' = 'null' THEN 1 ELSE 2 END
                WHEN before ? 'completed_at' THEN CASE WHEN before -> 'completed_at' = 'null' THEN 3 ELSE 4 END
                -- An occurrence of a task that stays open.
                WHEN before ? 'recurrence' THEN (
                    SELECT CASE type WHEN 'todo.task.completed' THEN 3 WHEN 'todo.task.reopened' THEN 4 ELSE 5 END
                    FROM todo.task_events AS event
                    WHERE event.user_id = changed.user_id AND event.task_id = changed.id AND event.version = changed.version
                    LIMIT 1
                )
                ELSE 5 END
        )],
        count(*),
        jsonb_agg(jsonb_build_object('id', id, 'from', from_version, 'version', version, 'before', before) ORDER BY id),
        coalesce(current_setting('todo.action_stays', true), '') = '', at
    FROM (
        SELECT new_tasks.user_id, new_tasks.id, old_tasks.version AS from_version, new_tasks.version,
            todo.task_before(old_tasks, new_tasks) AS before
        FROM old_tasks
        JOIN new_tasks ON new_tasks.user_id = old_tasks.user_id AND new_tasks.id = old_tasks.id
        -- What follows a reference that is gone is no change of the task.
        WHERE new_tasks.version <> old_tasks.version
        OFFSET 0
    ) AS changed
    GROUP BY user_id
    ON CONFLICT (user_id, id) DO UPDATE
        SET changes = excluded.changes, undone_at = CASE WHEN actions.undone_at IS NULL THEN excluded.recorded_at END;
    DELETE FROM todo.actions
    WHERE user_id = (SELECT new_tasks.user_id FROM new_tasks LIMIT 1)
      AND id < todo.action_id(at - interval '1 day', '00000000-0000-7000-8000-000000000000');
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION todo.record_change() IS 'Keeps for a day what tasks were before a change, so that it can be taken back.';
REVOKE ALL ON FUNCTION todo.record_change() FROM PUBLIC;

CREATE TRIGGER tasks_record_addition AFTER INSERT ON todo.tasks
    REFERENCING NEW TABLE AS new_tasks
    FOR EACH STATEMENT EXECUTE FUNCTION todo.record_addition();
CREATE TRIGGER tasks_record_change AFTER UPDATE ON todo.tasks
    REFERENCING OLD TABLE AS old_tasks NEW TABLE AS new_tasks
    FOR EACH STATEMENT EXECUTE FUNCTION todo.record_change();
