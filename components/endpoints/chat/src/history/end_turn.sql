-- Ends a turn, if it is still the conversation's: with an answer, which is stored with what is shown beside it and what it asks, or
-- with none. Then the person's message stays, and a question that it said yes to is open again. Nothing is half stored, and a second
-- time changes nothing.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
ended AS (
    UPDATE todo.conversations
    SET last_sequence = CASE WHEN :state::text = 'failed' THEN last_sequence ELSE last_sequence + 1 END,
        updated_at = CASE WHEN :state::text = 'failed' THEN updated_at ELSE now() END,
        turn_id = NULL,
        turn_expires_at = NULL
    WHERE user_id = (SELECT user_id FROM acting) AND id = :conversation_id::uuid AND turn_id = :turn_id::uuid
      AND (NOT :if_lost::boolean OR turn_expires_at <= now())
    RETURNING id, last_sequence
),
closed AS (
    UPDATE todo.turns
    SET state = :state::text, ended_at = now()
    WHERE user_id = (SELECT user_id FROM acting) AND id = :turn_id::uuid AND EXISTS (SELECT FROM ended)
    RETURNING id
),
told AS (
    INSERT INTO todo.turn_events (user_id, turn_id, last_number, events)
    SELECT acting.user_id, closed.id, :last_number::integer, :events::jsonb
    FROM closed, acting
    ON CONFLICT (user_id, turn_id, last_number) DO NOTHING
),
answered AS (
    INSERT INTO todo.messages (id, conversation_id, user_id, sequence, role, text, steps, question)
    SELECT :answer_id::uuid, ended.id, acting.user_id, ended.last_sequence, 'assistant', :text::text, :steps::jsonb, :question::jsonb
    FROM ended, acting
    WHERE :state::text <> 'failed'
),
shown AS (
    INSERT INTO todo.thread_items (id, conversation_id, user_id, message_id, sequence, place, kind, content)
    SELECT (item.value ->> 'id')::uuid, ended.id, acting.user_id, :answer_id::uuid, ended.last_sequence, item.ordinality,
           item.value ->> 'kind', item.value -> 'content'
    FROM ended, acting, jsonb_array_elements(:items::jsonb) WITH ORDINALITY AS item
    WHERE :state::text <> 'failed'
),
asked AS (
    -- In the place of a question that was answered by this turn.
    INSERT INTO todo.pending_confirmations (conversation_id, user_id, message_id, prompt, calls, expires_at)
    SELECT ended.id, acting.user_id, :answer_id::uuid, :question::jsonb ->> 'prompt', :calls::jsonb,
           now() + make_interval(secs => :question_seconds::double precision)
    FROM ended, acting
    WHERE :state::text <> 'failed' AND :question::jsonb IS NOT NULL
    ON CONFLICT (conversation_id) DO UPDATE
    SET message_id = excluded.message_id, prompt = excluded.prompt, calls = excluded.calls,
        created_at = excluded.created_at, expires_at = excluded.expires_at, taken_by = NULL
),
settled AS (
    DELETE FROM todo.pending_confirmations
    WHERE user_id = (SELECT user_id FROM acting)
      AND conversation_id IN (SELECT id FROM ended)
      AND :state::text <> 'failed' AND :question::jsonb IS NULL
),
given_back AS (
    UPDATE todo.pending_confirmations
    SET taken_by = NULL
    WHERE user_id = (SELECT user_id FROM acting)
      AND conversation_id IN (SELECT id FROM ended)
      AND :state::text = 'failed' AND taken_by = :turn_id::uuid
),
paid AS (
    -- One turn, one row: the same id at every attempt.
    INSERT INTO todo.model_usage (id, user_id, model, model_turns, tool_calls, input_tokens, output_tokens)
    SELECT :answer_id::uuid, user_id, :model::text, :model_turns::integer, :tool_calls::integer, :input_tokens::bigint, :output_tokens::bigint
    FROM acting
    WHERE :model_turns::integer > 0
    ON CONFLICT (id) DO NOTHING
)
SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
FROM ended
UNION ALL
-- Stored by an earlier attempt whose outcome was lost on the way.
SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
FROM todo.messages
WHERE user_id = (SELECT user_id FROM acting) AND id = :answer_id::uuid
