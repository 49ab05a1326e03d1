-- What ChatKit's protocol knows of a conversation and had no place: items beside messages, what people think of items, files, and
-- whether more can be said.

-- Not validated, so that nothing waits while rows are read: every row that is there has the default.
ALTER TABLE todo.conversations
    ADD COLUMN status text NOT NULL DEFAULT 'active',
    ADD COLUMN status_reason text;
ALTER TABLE todo.conversations
    ADD CONSTRAINT conversations_status_known CHECK (status IN ('active', 'locked', 'closed')) NOT VALID,
    ADD CONSTRAINT conversations_status_reason_length CHECK (char_length(status_reason) <= 500) NOT VALID;
COMMENT ON COLUMN todo.conversations.status IS
    'Whether more can be said: not for the moment (locked) or never again (closed). An operator sets it.';
COMMENT ON COLUMN todo.conversations.status_reason IS 'Why not, for the person.';

ALTER TABLE todo.messages
    ADD COLUMN input jsonb,
    ADD COLUMN is_hidden boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN todo.messages.input IS
    'A person''s message as a ChatKit client sent it: {"content", "attachments", "inference_options", "quoted_text"}.';
COMMENT ON COLUMN todo.messages.is_hidden IS
    'It answers a question by its form, so that a thread shows the answer there and no message.';
-- A message that is answered once more loses the answers it had.
GRANT DELETE ON todo.messages TO todo_app;

CREATE TABLE todo.thread_items (
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    user_id uuid NOT NULL,
    message_id uuid NOT NULL,
    sequence integer NOT NULL,
    place smallint NOT NULL,
    kind text NOT NULL,
    content jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT thread_items_pkey PRIMARY KEY (id),
    CONSTRAINT thread_items_conversation_fkey FOREIGN KEY (conversation_id, user_id)
        REFERENCES todo.conversations (id, user_id) ON DELETE CASCADE,
    CONSTRAINT thread_items_message_fkey FOREIGN KEY (message_id) REFERENCES todo.messages (id) ON DELETE CASCADE,
    CONSTRAINT thread_items_in_order UNIQUE (conversation_id, sequence, place),
    CONSTRAINT thread_items_place_positive CHECK (place > 0),
    CONSTRAINT thread_items_kind_known CHECK (kind IN ('client_tool_call', 'widget', 'generated_image', 'structured_input',
        'workflow', 'task', 'end_of_turn', 'hidden_context_item', 'sdk_hidden_context'))
);
COMMENT ON TABLE todo.thread_items IS
    'What a conversation shows beside messages, each behind the message it belongs to. Messages are items as well, in their own table.';
COMMENT ON COLUMN todo.thread_items.sequence IS 'That of its message.';
COMMENT ON COLUMN todo.thread_items.place IS 'Its place behind the message, from 1 on.';
COMMENT ON COLUMN todo.thread_items.content IS
    'What it is about. How a widget looks is made of it when it is read: {"view": "task_list", "tasks": […]} and the like.';
CREATE INDEX thread_items_by_user ON todo.thread_items (user_id, conversation_id, sequence, place);
CREATE INDEX thread_items_by_message ON todo.thread_items (message_id);

CREATE TABLE todo.item_feedback (
    item_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    user_id uuid NOT NULL,
    kind text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT item_feedback_pkey PRIMARY KEY (item_id),
    CONSTRAINT item_feedback_conversation_fkey FOREIGN KEY (conversation_id, user_id)
        REFERENCES todo.conversations (id, user_id) ON DELETE CASCADE,
    CONSTRAINT item_feedback_kind_known CHECK (kind IN ('positive', 'negative'))
);
COMMENT ON TABLE todo.item_feedback IS 'What a person thinks of an item: the last thing they said of it.';
CREATE INDEX item_feedback_by_user ON todo.item_feedback (user_id, conversation_id);

CREATE TABLE todo.attachments (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    conversation_id uuid,
    message_id uuid,
    name text NOT NULL,
    mime_type text NOT NULL,
    size integer NOT NULL,
    content text,
    created_at timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT attachments_pkey PRIMARY KEY (id),
    CONSTRAINT attachments_conversation_fkey FOREIGN KEY (conversation_id, user_id)
        REFERENCES todo.conversations (id, user_id) ON DELETE CASCADE,
    CONSTRAINT attachments_message_fkey FOREIGN KEY (message_id) REFERENCES todo.messages (id) ON DELETE CASCADE,
    CONSTRAINT attachments_belong_whole CHECK ((conversation_id IS NULL) = (message_id IS NULL)),
    CONSTRAINT attachments_name_length CHECK (char_length(name) BETWEEN 1 AND 255),
    CONSTRAINT attachments_size_limit CHECK (size BETWEEN 1 AND 65536),
    CONSTRAINT attachments_content_size CHECK (octet_length(content) <= 65536)
);
COMMENT ON TABLE todo.attachments IS 'Text files that people send with messages: announced, then uploaded, then sent.';
COMMENT ON COLUMN todo.attachments.content IS 'Null until it is uploaded.';
COMMENT ON COLUMN todo.attachments.message_id IS 'The message it was sent with; null until it is.';
CREATE INDEX attachments_by_user ON todo.attachments (user_id, created_at);
CREATE INDEX attachments_by_message ON todo.attachments (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX attachments_by_conversation ON todo.attachments (conversation_id) WHERE conversation_id IS NOT NULL;

DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['thread_items', 'item_feedback', 'attachments'] LOOP
        EXECUTE format('ALTER TABLE todo.%I ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE todo.%I FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format(
            'CREATE POLICY %I ON todo.%I USING (todo.may_access(user_id)) WITH CHECK (todo.may_access(user_id))',
            table_name || '_of_the_acting_user', table_name);
    END LOOP;
END
$$;

GRANT SELECT, INSERT ON todo.thread_items TO todo_app;
GRANT UPDATE (content, updated_at) ON todo.thread_items TO todo_app;
GRANT SELECT, INSERT ON todo.item_feedback TO todo_app;
GRANT UPDATE (kind, created_at) ON todo.item_feedback TO todo_app;
GRANT SELECT, INSERT, DELETE ON todo.attachments TO todo_app;
GRANT UPDATE (conversation_id, message_id, content) ON todo.attachments TO todo_app;
