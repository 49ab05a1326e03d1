-- Lists of tasks. A task in none is in the inbox, which has no row.

CREATE TABLE todo.lists (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    colour text NOT NULL,
    -- The list that it is nested in.
    parent_id uuid,
    -- A fractional rank: lists are ordered by it, byte by byte. One that moves gets another between its neighbours', so that no
    -- other row changes.
    position text COLLATE "C" NOT NULL,
    archived_at timestamptz,
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    -- What lets the reference to the parent say that the parent is nested in none.
    is_top boolean NOT NULL GENERATED ALWAYS AS (parent_id IS NULL) STORED,
    parent_is_top boolean GENERATED ALWAYS AS (CASE WHEN parent_id IS NOT NULL THEN true END) STORED,

    CONSTRAINT lists_pkey PRIMARY KEY (user_id, id),
    CONSTRAINT lists_by_level UNIQUE (user_id, id, is_top),
    -- One level, also where two statements nest lists at once: a parent is at the top, and stays there while lists are in it.
    CONSTRAINT lists_parent FOREIGN KEY (user_id, parent_id, parent_is_top)
        REFERENCES todo.lists (user_id, id, is_top),
    CONSTRAINT lists_name_length CHECK (char_length(name) BETWEEN 1 AND 100),
    CONSTRAINT lists_name_not_blank CHECK (name ~ '\S'),
    CONSTRAINT lists_colour_known CHECK (colour IN ('grey', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple',
        'pink', 'brown')),
    CONSTRAINT lists_position_length CHECK (char_length(position) BETWEEN 1 AND 1000),
    CONSTRAINT lists_version_positive CHECK (version >= 1)
);
COMMENT ON TABLE todo.lists IS 'Lists that people keep tasks in. A list that is deleted leaves its tasks to the inbox.';

CREATE INDEX lists_by_parent ON todo.lists (user_id, parent_id) WHERE parent_id IS NOT NULL;
-- Whose tasks are left out is asked with every page; most people have archived none.
CREATE INDEX lists_archived ON todo.lists (user_id, id) WHERE archived_at IS NOT NULL;

ALTER TABLE todo.lists ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.lists FORCE ROW LEVEL SECURITY;
CREATE POLICY lists_of_the_acting_user ON todo.lists TO todo_app
    USING (todo.may_access(user_id)) WITH CHECK (todo.may_access(user_id));
-- todo.erase_rows_of runs as the owner, whom row-level security holds too.
CREATE POLICY lists_erased_by_the_owner ON todo.lists TO CURRENT_USER USING (todo.may_access(user_id));

GRANT SELECT, INSERT, DELETE ON todo.lists TO todo_app;
GRANT UPDATE (name, colour, parent_id, position, archived_at, version, updated_at) ON todo.lists TO todo_app;

ALTER TABLE todo.tasks ADD COLUMN list_id uuid;
-- With the user in it, so that no task is in a list of somebody else. Not validated, so that nothing waits while rows are read:
-- none has a list yet.
ALTER TABLE todo.tasks ADD CONSTRAINT tasks_list FOREIGN KEY (user_id, list_id) REFERENCES todo.lists (user_id, id)
    ON DELETE SET NULL (list_id) NOT VALID;
-- Also of deleted tasks, which leave their list when it is deleted.
CREATE INDEX tasks_by_list ON todo.tasks (user_id, list_id, due_by, id) WHERE list_id IS NOT NULL;
GRANT UPDATE (list_id) ON todo.tasks TO todo_app;
