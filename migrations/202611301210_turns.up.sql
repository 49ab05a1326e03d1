-- An answer on its way to a message: who holds it, whether the person has had enough of it, and what was said so far, so that any
-- process can stop it, tell it again or end it.
-- As long as it runs, the conversation names it and says until when it is held (turn_id, turn_expires_at), as in the release before.

CREATE TABLE todo.turns (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    message_id uuid NOT NULL,
    answer_id uuid NOT NULL,
    state text NOT NULL DEFAULT 'running',
    is_cancelled boolean NOT NULL DEFAULT false,
    idempotency_key text,
    fingerprint bytea,
    created_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,

    CONSTRAINT turns_pkey PRIMARY KEY (user_id, id),
    CONSTRAINT turns_conversation_fkey FOREIGN KEY (conversation_id, user_id)
        REFERENCES todo.conversations (id, user_id) ON DELETE CASCADE,
    CONSTRAINT turns_message_fkey FOREIGN KEY (message_id) REFERENCES todo.messages (id) ON DELETE CASCADE,
    CONSTRAINT turns_state_known CHECK (state IN ('running', 'answered', 'cancelled', 'failed')),
    CONSTRAINT turns_ended_have_an_end CHECK ((state = 'running') = (ended_at IS NULL)),
    CONSTRAINT turns_key_with_input CHECK ((idempotency_key IS NULL) = (fingerprint IS NULL)),
    CONSTRAINT turns_key_length CHECK (char_length(idempotency_key) <= 255)
);
COMMENT ON TABLE todo.turns IS 'What answers a message: one for each attempt.';
COMMENT ON COLUMN todo.turns.message_id IS 'The person''s message.';
COMMENT ON COLUMN todo.turns.answer_id IS 'The id that the answer has, or would have had.';
COMMENT ON COLUMN todo.turns.state IS
    'Whether it runs, or how it ended: with an answer, with one that says where the person stopped it, or with none.';
COMMENT ON COLUMN todo.turns.is_cancelled IS 'The person wants it to end before its next call.';
COMMENT ON COLUMN todo.turns.idempotency_key IS 'What the client calls the message, so that sending it again is the same turn.';
CREATE UNIQUE INDEX turns_idempotency_key ON todo.turns (user_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX turns_by_conversation ON todo.turns (user_id, conversation_id, created_at DESC);
CREATE INDEX turns_by_message ON todo.turns (message_id);

CREATE TABLE todo.turn_events (
    user_id uuid NOT NULL,
    turn_id uuid NOT NULL,
    last_number integer NOT NULL,
    events jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT turn_events_pkey PRIMARY KEY (user_id, turn_id, last_number),
    CONSTRAINT turn_events_turn_fkey FOREIGN KEY (user_id, turn_id)
        REFERENCES todo.turns (user_id, id) ON DELETE CASCADE,
    CONSTRAINT turn_events_list CHECK (jsonb_typeof(events) = 'array')
);
COMMENT ON TABLE todo.turn_events IS
    'What a turn has said, several events to a row: [{"number", "name", "data"}]. Kept for an hour; the answer itself is a message.';
COMMENT ON COLUMN todo.turn_events.last_number IS 'The number of the last of these events.';
CREATE INDEX turn_events_by_age ON todo.turn_events (user_id, created_at);

DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['turns', 'turn_events'] LOOP
        EXECUTE format('ALTER TABLE todo.%I ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE todo.%I FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format(
            'CREATE POLICY %I ON todo.%I USING (todo.may_access(user_id)) WITH CHECK (todo.may_access(user_id))',
            table_name || '_of_the_acting_user', table_name);
    END LOOP;
END
$$;

GRANT SELECT, INSERT ON todo.turns TO todo_app;
GRANT UPDATE (state, is_cancelled, idempotency_key, fingerprint, ended_at) ON todo.turns TO todo_app;
GRANT SELECT, INSERT, DELETE ON todo.turn_events TO todo_app;

-- As for the other tables that grow with a user: a plan for one who has many rows serves others as well.
ALTER TABLE todo.turns ALTER COLUMN user_id SET (n_distinct = -0.0002);
ALTER TABLE todo.turn_events ALTER COLUMN user_id SET (n_distinct = -0.0002);
