-- Reminders of tasks, and where a user's reminders are sent to.

CREATE TABLE todo.reminders (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    task_id uuid NOT NULL,
    -- So many minutes before the task is due; NULL for an instant of its own.
    before_due_minutes integer,
    -- When it is due; NULL while the task is due at no time.
    remind_at timestamptz,
    state text NOT NULL DEFAULT 'waiting',
    -- When there is something to do about it: it is due, its sender's lease is over, or it is tried again. NULL otherwise.
    next_at timestamptz,
    -- How often its sending was begun.
    attempts smallint NOT NULL DEFAULT 0,
    sent_at timestamptz,
    -- Why the last attempt failed, in words for its user.
    failure text,
    created_at timestamptz NOT NULL,

    CONSTRAINT reminders_pkey PRIMARY KEY (user_id, id),
    CONSTRAINT reminders_task FOREIGN KEY (user_id, task_id) REFERENCES todo.tasks (user_id, id) ON DELETE CASCADE,
    CONSTRAINT reminders_before_due_range CHECK (before_due_minutes BETWEEN 0 AND 40320),
    CONSTRAINT reminders_absolute_or_relative CHECK (before_due_minutes IS NOT NULL OR remind_at IS NOT NULL),
    CONSTRAINT reminders_state_known CHECK (state IN ('waiting', 'sent', 'failed', 'skipped')),
    CONSTRAINT reminders_next_while_waiting CHECK (next_at IS NULL OR (state = 'waiting' AND remind_at IS NOT NULL)),
    CONSTRAINT reminders_failure_length CHECK (char_length(failure) BETWEEN 1 AND 200)
);
COMMENT ON TABLE todo.reminders IS
    'When people want to be reminded of tasks. One that is relative moves with its task (todo.move_reminders).';

CREATE INDEX reminders_by_task ON todo.reminders (user_id, task_id, remind_at);
CREATE INDEX reminders_by_state ON todo.reminders (user_id, state, remind_at, id);
-- A user's reminders that there is something to do about, and whose those are.
CREATE INDEX reminders_to_do ON todo.reminders (user_id, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX reminders_next ON todo.reminders (next_at) INCLUDE (user_id) WHERE next_at IS NOT NULL;
-- As of the other tables that grow with their users (202611301200).
ALTER TABLE todo.reminders ALTER COLUMN user_id SET (n_distinct = -0.0002);

ALTER TABLE todo.reminders ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.reminders FORCE ROW LEVEL SECURITY;
CREATE POLICY reminders_of_the_acting_user ON todo.reminders TO todo_app
    USING (todo.may_access(user_id)) WITH CHECK (todo.may_access(user_id));
-- Row-level security holds the owner too, who erases what is stored of a user, and tells whose reminders are due.
CREATE POLICY reminders_erased_by_the_owner ON todo.reminders TO CURRENT_USER USING (todo.may_access(user_id));
CREATE POLICY reminders_found_by_the_owner ON todo.reminders FOR SELECT TO CURRENT_USER USING (true);

GRANT SELECT, INSERT, DELETE ON todo.reminders TO todo_app;
GRANT UPDATE (remind_at, state, next_at, attempts, sent_at, failure) ON todo.reminders TO todo_app;

-- A relative reminder is where its task's due time puts it, whichever statement moved the task, one of the release before included. It
-- is due anew, unless the last one was sent later than that: a task that is moved back has been reminded of already.
CREATE FUNCTION todo.move_reminders() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE todo.reminders
    SET remind_at = NEW.due_at - make_interval(mins => before_due_minutes),
        state = CASE WHEN NEW.due_at - make_interval(mins => before_due_minutes) <= sent_at THEN 'sent' ELSE 'waiting' END,
        next_at = CASE WHEN NEW.due_at - make_interval(mins => before_due_minutes) <= sent_at THEN NULL
            ELSE NEW.due_at - make_interval(mins => before_due_minutes) END,
        attempts = 0,
        failure = NULL
    WHERE user_id = NEW.user_id AND task_id = NEW.id AND before_due_minutes IS NOT NULL;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION todo.move_reminders() IS 'Keeps relative reminders at their distance from when their task is due.';
REVOKE ALL ON FUNCTION todo.move_reminders() FROM PUBLIC;

CREATE TRIGGER tasks_move_reminders AFTER UPDATE OF due_at ON todo.tasks
    FOR EACH ROW WHEN (OLD.due_at IS DISTINCT FROM NEW.due_at) EXECUTE FUNCTION todo.move_reminders();

-- Whose reminders are due, and nothing else of them: what is sent to a user is read by a statement that acts for that user.
CREATE FUNCTION todo.users_to_remind(now timestamptz, most integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
    SELECT DISTINCT user_id
    FROM (SELECT user_id FROM todo.reminders WHERE next_at <= now ORDER BY next_at LIMIT most) AS due
$$;
COMMENT ON FUNCTION todo.users_to_remind(timestamptz, integer) IS
    'The users of the reminders that have been due longest, so many of them.';
REVOKE ALL ON FUNCTION todo.users_to_remind(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION todo.users_to_remind(timestamptz, integer) TO todo_app;

CREATE TABLE todo.webhooks (
    user_id uuid NOT NULL,
    url text NOT NULL,
    -- What its signing secret is made of beside the app's own secret and the user: a new one makes a new secret.
    key_id uuid NOT NULL,
    created_at timestamptz NOT NULL,

    CONSTRAINT webhooks_pkey PRIMARY KEY (user_id),
    CONSTRAINT webhooks_url_length CHECK (char_length(url) BETWEEN 1 AND 2048)
);
COMMENT ON TABLE todo.webhooks IS 'Where a user''s reminders are sent to, one address each.';

ALTER TABLE todo.webhooks ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.webhooks FORCE ROW LEVEL SECURITY;
CREATE POLICY webhooks_of_the_acting_user ON todo.webhooks TO todo_app
    USING (todo.may_access(user_id)) WITH CHECK (todo.may_access(user_id));
CREATE POLICY webhooks_erased_by_the_owner ON todo.webhooks TO CURRENT_USER USING (todo.may_access(user_id));

GRANT SELECT, INSERT, DELETE ON todo.webhooks TO todo_app;
GRANT UPDATE (url, key_id, created_at) ON todo.webhooks TO todo_app;
