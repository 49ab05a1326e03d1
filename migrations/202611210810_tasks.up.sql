-- Tasks, and the events that tell what happened to them.

CREATE TABLE todo.tasks (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    title text NOT NULL,
    -- The title without letter case and accents: the sort order "by title", the same on every server.
    title_key text COLLATE "C" NOT NULL,
    notes text,
    -- Due on a whole day, or at an instant with the offset its zone had then, or not at all.
    due_on date,
    due_at timestamptz,
    due_offset integer,
    time_zone text,
    -- The last instant at which the task is not overdue; infinity when it is not due.
    due_by timestamptz NOT NULL DEFAULT 'infinity',
    -- 1 urgent, 2 high, 3 normal, 4 low: in the order of lists.
    priority smallint NOT NULL DEFAULT 3,
    labels text[] NOT NULL DEFAULT '{}',
    completed_at timestamptz,
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    idempotency_key text,
    -- SHA-256 of the input that came with the key.
    fingerprint bytea,
    -- The words of title (weight A), labels (B) and notes (D), split and folded by the app. Apart, so that a change of
    -- one leaves the others as they are.
    title_words tsvector NOT NULL,
    label_words tsvector NOT NULL,
    notes_words tsvector NOT NULL,

    -- The user first: a user's rows stand together in every index. The id is a UUID version 7, so this
    -- is also the order in which a user's tasks were added.
    CONSTRAINT tasks_pkey PRIMARY KEY (user_id, id),
    CONSTRAINT tasks_title_length CHECK (char_length(title) BETWEEN 1 AND 200),
    CONSTRAINT tasks_title_not_blank CHECK (title ~ '\S'),
    CONSTRAINT tasks_notes_length CHECK (char_length(notes) BETWEEN 1 AND 10000),
    CONSTRAINT tasks_due_once CHECK (due_on IS NULL OR due_at IS NULL),
    CONSTRAINT tasks_due_by_when_due CHECK ((due_by = 'infinity') = (due_on IS NULL AND due_at IS NULL)),
    CONSTRAINT tasks_due_offset_with_instant CHECK ((due_at IS NULL) = (due_offset IS NULL)),
    CONSTRAINT tasks_time_zone_when_due CHECK ((due_by = 'infinity') = (time_zone IS NULL)),
    CONSTRAINT tasks_priority_known CHECK (priority BETWEEN 1 AND 4),
    CONSTRAINT tasks_labels_count CHECK (cardinality(labels) <= 20),
    CONSTRAINT tasks_version_positive CHECK (version >= 1),
    CONSTRAINT tasks_fingerprint_with_key CHECK ((idempotency_key IS NULL) = (fingerprint IS NULL))
);
COMMENT ON TABLE todo.tasks IS 'What people want to remember. A deleted task keeps its row, marked, until it is erased.';

-- The same key makes one task, whoever comes first.
CREATE UNIQUE INDEX tasks_by_idempotency_key ON todo.tasks (user_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;

-- One index per order of a list; each is read forwards and backwards. "As added" is the primary key.
CREATE INDEX tasks_by_due ON todo.tasks (user_id, due_by, id) WHERE deleted_at IS NULL;
CREATE INDEX tasks_by_priority ON todo.tasks (user_id, priority, due_by, id) WHERE deleted_at IS NULL;
CREATE INDEX tasks_by_update ON todo.tasks (user_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX tasks_by_title ON todo.tasks (user_id, title_key, id) WHERE deleted_at IS NULL;
-- Done tasks pile up; what is asked most is what is open, by due time and by priority.
CREATE INDEX tasks_open_by_due ON todo.tasks (user_id, due_by, id)
    WHERE deleted_at IS NULL AND completed_at IS NULL;
CREATE INDEX tasks_open_by_priority ON todo.tasks (user_id, priority, due_by, id)
    WHERE deleted_at IS NULL AND completed_at IS NULL;
CREATE INDEX tasks_done_by_completion ON todo.tasks (user_id, completed_at)
    WHERE deleted_at IS NULL AND completed_at IS NOT NULL;

ALTER TABLE todo.tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.tasks FORCE ROW LEVEL SECURITY;
CREATE POLICY tasks_of_the_acting_user ON todo.tasks TO todo_app
    USING (todo.may_access(user_id)) WITH CHECK (todo.may_access(user_id));

-- No DELETE: a task is marked as deleted. Neither its id, its owner nor its creation can change.
GRANT SELECT, INSERT ON todo.tasks TO todo_app;
GRANT UPDATE (title, title_key, notes, due_on, due_at, due_offset, time_zone, due_by, priority, labels,
    completed_at, version, updated_at, deleted_at, title_words, label_words, notes_words) ON todo.tasks TO todo_app;

CREATE TABLE todo.task_events (
    id bigint GENERATED ALWAYS AS IDENTITY,
    user_id uuid NOT NULL,
    task_id uuid NOT NULL,
    type text NOT NULL,
    -- The task's version after the change.
    version bigint NOT NULL,
    -- The request that caused it, as in the logs.
    request_id text NOT NULL,
    occurred_at timestamptz NOT NULL,
    -- Names of what changed, never contents: an audit row may outlive the task.
    data jsonb NOT NULL DEFAULT '{}',

    CONSTRAINT task_events_pkey PRIMARY KEY (id),
    CONSTRAINT task_events_type_known CHECK (type IN ('todo.task.created', 'todo.task.updated',
        'todo.task.completed', 'todo.task.reopened', 'todo.task.deleted'))
);
COMMENT ON TABLE todo.task_events IS
    'What happened to tasks, written in the statement that changes them: an outbox and an audit trail. Rows are only added.';

CREATE INDEX task_events_by_task ON todo.task_events (user_id, task_id, id);

ALTER TABLE todo.task_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.task_events FORCE ROW LEVEL SECURITY;
CREATE POLICY task_events_of_the_acting_user ON todo.task_events FOR INSERT TO todo_app
    WITH CHECK (todo.may_access(user_id));

GRANT INSERT ON todo.task_events TO todo_app;
