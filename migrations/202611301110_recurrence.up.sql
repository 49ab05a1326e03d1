-- Tasks that repeat: how, beside the task, and the occurrences that were completed, as rows of their own.

-- The app's own: rule, zone, days left out, words, and how far the series has come (task-model, recurrence.rs). A release that
-- does not know it completes such a task as any other.
ALTER TABLE todo.tasks ADD COLUMN recurrence jsonb;
ALTER TABLE todo.tasks ADD CONSTRAINT tasks_recurrence_object
    CHECK (jsonb_typeof(recurrence) = 'object' AND octet_length(recurrence::text) <= 8000) NOT VALID;
GRANT UPDATE (recurrence) ON todo.tasks TO todo_app;

-- Those that many are completed at once of are looked for first.
CREATE INDEX tasks_open_repeating ON todo.tasks (user_id, due_by, id)
    WHERE deleted_at IS NULL AND completed_at IS NULL AND recurrence IS NOT NULL;

CREATE TABLE todo.task_occurrences (
    user_id uuid NOT NULL,
    task_id uuid NOT NULL,
    -- The task's version after it moved on: it can be taken back as long as the task still has it.
    version bigint NOT NULL,
    -- When the occurrence was due, and the series as it was then.
    due_on date,
    due_at timestamptz,
    due_offset integer,
    time_zone text,
    due_by timestamptz NOT NULL,
    recurrence jsonb NOT NULL,
    completed_at timestamptz NOT NULL,

    CONSTRAINT task_occurrences_pkey PRIMARY KEY (user_id, task_id, version)
);
COMMENT ON TABLE todo.task_occurrences IS
    'Occurrences of repeating tasks that were completed. The task itself has moved on to its next one.';

CREATE INDEX task_occurrences_by_completion ON todo.task_occurrences (user_id, completed_at);

ALTER TABLE todo.task_occurrences ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.task_occurrences FORCE ROW LEVEL SECURITY;
CREATE POLICY task_occurrences_of_the_acting_user ON todo.task_occurrences TO todo_app
    USING (todo.may_access(user_id)) WITH CHECK (todo.may_access(user_id));
-- Row-level security holds the owner too, who erases what is stored of a user.
CREATE POLICY task_occurrences_erased_by_the_owner ON todo.task_occurrences TO CURRENT_USER
    USING (todo.may_access(user_id));

-- Rows are added, and deleted when they are taken back.
GRANT SELECT, INSERT, DELETE ON todo.task_occurrences TO todo_app;
