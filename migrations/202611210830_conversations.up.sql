-- Conversations with the assistant: what was said, what was done, what still waits for a yes.
-- As with tasks, a user is whoever a valid token names: the row in todo.users may be kept elsewhere.

CREATE TABLE todo.conversations (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL,
    title text NOT NULL
        CONSTRAINT conversations_title_not_blank CHECK (title ~ '\S')
        CONSTRAINT conversations_title_length CHECK (char_length(title) <= 200),
    last_sequence integer NOT NULL DEFAULT 0,
    turn_id uuid,
    turn_expires_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    -- What the composite foreign keys below point at.
    CONSTRAINT conversations_of_one_user UNIQUE (id, user_id),
    CONSTRAINT conversations_turn_has_an_end CHECK ((turn_id IS NULL) = (turn_expires_at IS NULL))
);
COMMENT ON TABLE todo.conversations IS 'A person''s conversations with the assistant.';
COMMENT ON COLUMN todo.conversations.last_sequence IS 'The sequence of its newest message; 0 when it has none.';
COMMENT ON COLUMN todo.conversations.turn_id IS
    'The message being answered right now. Until turn_expires_at no other message is taken.';
COMMENT ON COLUMN todo.conversations.updated_at IS 'When its newest message came.';
CREATE INDEX conversations_by_user ON todo.conversations (user_id, updated_at DESC, id DESC);

CREATE TABLE todo.messages (
    id uuid PRIMARY KEY,
    conversation_id uuid NOT NULL,
    user_id uuid NOT NULL,
    sequence integer NOT NULL,
    role text NOT NULL CONSTRAINT messages_role_known CHECK (role IN ('user', 'assistant')),
    kind text NOT NULL DEFAULT 'message'
        CONSTRAINT messages_kind_known CHECK (kind IN ('message', 'confirmed', 'declined')),
    text text NOT NULL,
    steps jsonb NOT NULL DEFAULT '[]',
    question jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- The user is part of the key, so that a message can't hang on another user's conversation.
    CONSTRAINT messages_conversation_fkey FOREIGN KEY (conversation_id, user_id)
        REFERENCES todo.conversations (id, user_id) ON DELETE CASCADE,
    CONSTRAINT messages_in_order UNIQUE (conversation_id, sequence)
);
COMMENT ON TABLE todo.messages IS 'What a person and the assistant said.';
COMMENT ON COLUMN todo.messages.kind IS 'A person''s answer to a question of the assistant, or a message of its own.';
COMMENT ON COLUMN todo.messages.steps IS
    'How an answer came about: [{"text", "calls": [{"id", "name", "arguments", "outcome": {"failed", "content"} | null}]}].';
COMMENT ON COLUMN todo.messages.question IS
    'What the assistant asked before doing it: {"prompt", "calls": [{"id", "name", "arguments"}]}.';
CREATE INDEX messages_by_user ON todo.messages (user_id, conversation_id, sequence);

CREATE TABLE todo.pending_confirmations (
    conversation_id uuid PRIMARY KEY,
    user_id uuid NOT NULL,
    message_id uuid NOT NULL REFERENCES todo.messages (id) ON DELETE CASCADE,
    prompt text NOT NULL,
    calls jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    taken_by uuid,
    CONSTRAINT pending_confirmations_conversation_fkey FOREIGN KEY (conversation_id, user_id)
        REFERENCES todo.conversations (id, user_id) ON DELETE CASCADE
);
COMMENT ON TABLE todo.pending_confirmations IS
    'Calls that wait for the person''s yes: at most one question in each conversation.';
COMMENT ON COLUMN todo.pending_confirmations.taken_by IS 'The turn that runs the calls: a yes counts once.';
CREATE INDEX pending_confirmations_by_user ON todo.pending_confirmations (user_id);
CREATE INDEX pending_confirmations_by_message ON todo.pending_confirmations (message_id);

CREATE TABLE todo.model_usage (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL,
    model text NOT NULL,
    model_turns integer NOT NULL,
    tool_calls integer NOT NULL,
    input_tokens bigint NOT NULL,
    output_tokens bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE todo.model_usage IS
    'What each message cost. It outlives the conversation, and holds nothing that was said.';
CREATE INDEX model_usage_by_user ON todo.model_usage (user_id, created_at DESC);

DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY
        ARRAY['conversations', 'messages', 'pending_confirmations', 'model_usage']
    LOOP
        EXECUTE format('ALTER TABLE todo.%I ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE todo.%I FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format(
            'CREATE POLICY %I ON todo.%I USING (todo.may_access(user_id)) WITH CHECK (todo.may_access(user_id))',
            table_name || '_of_the_acting_user', table_name);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE, DELETE ON todo.conversations TO todo_app;
GRANT SELECT, INSERT ON todo.messages TO todo_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON todo.pending_confirmations TO todo_app;
GRANT SELECT, INSERT ON todo.model_usage TO todo_app;
