-- What a client of MCP must find again, whichever process it reaches: what its session has set, streams that may break
-- off, questions that wait for an answer, tasks that go on after their call is answered. All of it expires.
-- As elsewhere, a user is whoever a valid token names.

CREATE TABLE todo.mcp_sessions (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    -- URIs of the resources that the client listens to.
    subscriptions text[] NOT NULL DEFAULT '{}',
    -- From which level on the client wants log messages.
    log_level text,
    expires_at timestamptz NOT NULL,

    CONSTRAINT mcp_sessions_pkey PRIMARY KEY (user_id, id),
    CONSTRAINT mcp_sessions_subscriptions_count CHECK (cardinality(subscriptions) <= 200)
);
COMMENT ON TABLE todo.mcp_sessions IS
    'What clients with a session have set. The session itself is in its id, sealed; most sessions have no row.';
CREATE INDEX mcp_sessions_by_end ON todo.mcp_sessions (user_id, expires_at);

CREATE TABLE todo.mcp_streams (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    session_id uuid NOT NULL,
    -- The JSON text of the id of the request that it answers.
    request_id text NOT NULL,
    is_complete boolean NOT NULL DEFAULT false,
    is_cancelled boolean NOT NULL DEFAULT false,
    expires_at timestamptz NOT NULL,

    CONSTRAINT mcp_streams_pkey PRIMARY KEY (user_id, id)
);
COMMENT ON TABLE todo.mcp_streams IS 'Answers that are streams, so that a client whose connection broke off finds the rest.';
CREATE INDEX mcp_streams_by_request ON todo.mcp_streams (user_id, session_id, request_id);
CREATE INDEX mcp_streams_by_end ON todo.mcp_streams (user_id, expires_at);

CREATE TABLE todo.mcp_stream_events (
    user_id uuid NOT NULL,
    stream_id uuid NOT NULL,
    sequence integer NOT NULL,
    message text NOT NULL,

    CONSTRAINT mcp_stream_events_pkey PRIMARY KEY (user_id, stream_id, sequence),
    CONSTRAINT mcp_stream_events_stream FOREIGN KEY (user_id, stream_id)
        REFERENCES todo.mcp_streams (user_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE todo.mcp_stream_events IS 'The messages of a stream, stored before they are sent.';

CREATE TABLE todo.mcp_questions (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    session_id uuid NOT NULL,
    stream_id uuid NOT NULL,
    -- The client's JSON-RPC response.
    response jsonb,
    expires_at timestamptz NOT NULL,

    CONSTRAINT mcp_questions_pkey PRIMARY KEY (user_id, id)
);
COMMENT ON TABLE todo.mcp_questions IS 'What clients were asked. One process asks, any other may get the answer.';
CREATE INDEX mcp_questions_by_end ON todo.mcp_questions (user_id, expires_at);

CREATE TABLE todo.mcp_used_states (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    expires_at timestamptz NOT NULL,

    CONSTRAINT mcp_used_states_pkey PRIMARY KEY (user_id, id)
);
COMMENT ON TABLE todo.mcp_used_states IS 'Request states that were presented, so that each is taken once.';
CREATE INDEX mcp_used_states_by_end ON todo.mcp_used_states (user_id, expires_at);

CREATE TABLE todo.mcp_tasks (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    status text NOT NULL,
    tool text NOT NULL,
    arguments text NOT NULL,
    -- What the client can do, a bit each.
    client smallint NOT NULL,
    -- How often the client was asked, what the tool wants to know again, and what the client answered.
    rounds integer NOT NULL DEFAULT 0,
    state jsonb,
    answers jsonb NOT NULL DEFAULT '{}',
    -- What the client is asked and has not answered.
    requests jsonb,
    -- The result, or the JSON-RPC error, as JSON.
    outcome text,
    -- Who works on it, and until when it is theirs.
    worker uuid,
    held_until timestamptz,
    ttl_ms bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,

    CONSTRAINT mcp_tasks_pkey PRIMARY KEY (user_id, id),
    CONSTRAINT mcp_tasks_status_known
        CHECK (status IN ('working', 'input_required', 'completed', 'failed', 'cancelled')),
    CONSTRAINT mcp_tasks_outcome_when_ended CHECK ((status IN ('completed', 'failed')) = (outcome IS NOT NULL)),
    CONSTRAINT mcp_tasks_requests_when_asking CHECK ((status = 'input_required') = (requests IS NOT NULL)),
    CONSTRAINT mcp_tasks_held_with_worker CHECK ((worker IS NULL) = (held_until IS NULL))
);
COMMENT ON TABLE todo.mcp_tasks IS 'Calls of tools that go on after they are answered.';
CREATE INDEX mcp_tasks_by_end ON todo.mcp_tasks (user_id, expires_at);

CREATE TABLE todo.mcp_call_windows (
    user_id uuid NOT NULL,
    tool text NOT NULL,
    -- The minute that is counted.
    started_at timestamptz NOT NULL,
    calls integer NOT NULL,

    CONSTRAINT mcp_call_windows_pkey PRIMARY KEY (user_id, tool)
);
COMMENT ON TABLE todo.mcp_call_windows IS 'How often a user called a tool in a minute: one row each, used again and again.';

DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['mcp_sessions', 'mcp_streams', 'mcp_stream_events', 'mcp_questions',
        'mcp_used_states', 'mcp_tasks', 'mcp_call_windows']
    LOOP
        EXECUTE format('ALTER TABLE todo.%I ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE todo.%I FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format(
            'CREATE POLICY %I ON todo.%I USING (todo.may_access(user_id)) WITH CHECK (todo.may_access(user_id))',
            table_name || '_of_the_acting_user', table_name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON todo.%I TO todo_app', table_name);
    END LOOP;
END
$$;
