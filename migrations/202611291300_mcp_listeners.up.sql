-- Streams on which clients of MCP listen for changes, so that all processes together count how many a user has open. Each
-- stream says again and again that it is there; one that falls silent expires.

CREATE TABLE todo.mcp_listeners (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    -- From 1 to as many streams as a user may have. Two streams that are opened at once can't both have one place, which a
    -- count could not promise.
    place integer NOT NULL,
    expires_at timestamptz NOT NULL,

    CONSTRAINT mcp_listeners_pkey PRIMARY KEY (user_id, id),
    CONSTRAINT mcp_listeners_place_taken UNIQUE (user_id, place)
);
COMMENT ON TABLE todo.mcp_listeners IS
    'Streams that listen. A row of one that was lost stays until another stream of its user takes its place.';

ALTER TABLE todo.mcp_listeners ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.mcp_listeners FORCE ROW LEVEL SECURITY;
CREATE POLICY mcp_listeners_of_the_acting_user ON todo.mcp_listeners
    USING (todo.may_access(user_id)) WITH CHECK (todo.may_access(user_id));

GRANT SELECT, INSERT, UPDATE, DELETE ON todo.mcp_listeners TO todo_app;
