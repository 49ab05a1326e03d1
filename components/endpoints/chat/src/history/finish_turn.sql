-- Stores an answer and ends the turn, if it is still this turn's: nothing is half stored. A second time changes nothing.
--
-- $1 user  $2 conversation  $3 turn  $4 id of the answer  $5 text  $6 steps  $7 question or null
-- $8 seconds a question stays open  $9 id of the usage row  $10 model  $11 model turns  $12 tool calls
-- $13 input tokens  $14 output tokens  $15 the question's calls with how each goes on after a yes, or null
-- $16 what is shown beside the text: [{"id", "kind", "content"}]
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
finished AS (
    UPDATE todo.conversations
    SET last_sequence = last_sequence + 1, turn_id = NULL, turn_expires_at = NULL, updated_at = now()
    WHERE user_id = (SELECT user_id FROM acting) AND id = $2::uuid AND turn_id = $3::uuid
    RETURNING id, last_sequence
),
answered AS (
    INSERT INTO todo.messages (id, conversation_id, user_id, sequence, role, text, steps, question)
    SELECT $4::uuid, finished.id, acting.user_id, finished.last_sequence, 'assistant', $5::text, $6::jsonb, $7::jsonb
    FROM finished, acting
),
shown AS (
    INSERT INTO todo.thread_items (id, conversation_id, user_id, message_id, sequence, place, kind, content)
    SELECT (item.value ->> 'id')::uuid, finished.id, acting.user_id, $4::uuid, finished.last_sequence, item.ordinality,
           item.value ->> 'kind', item.value -> 'content'
    FROM finished, acting, jsonb_array_elements($16::jsonb) WITH ORDINALITY AS item
),
asked AS (
    -- In the place of a question that was answered by this turn.
    INSERT INTO todo.pending_confirmations (conversation_id, user_id, message_id, prompt, calls, expires_at)
    SELECT finished.id, acting.user_id, $4::uuid, $7::jsonb ->> 'prompt', $15::jsonb,
           now() + make_interval(secs => $8::double precision)
    FROM finished, acting
    WHERE $7::jsonb IS NOT NULL
    ON CONFLICT (conversation_id) DO UPDATE
    SET message_id = excluded.message_id, prompt = excluded.prompt, calls = excluded.calls,
        created_at = excluded.created_at, expires_at = excluded.expires_at, taken_by = NULL
),
settled AS (
    DELETE FROM todo.pending_confirmations
    WHERE user_id = (SELECT user_id FROM acting)
      AND conversation_id IN (SELECT id FROM finished)
      AND $7::jsonb IS NULL
),
paid AS (
    INSERT INTO todo.model_usage (id, user_id, model, model_turns, tool_calls, input_tokens, output_tokens)
    SELECT $9::uuid, user_id, $10::text, $11::integer, $12::integer, $13::bigint, $14::bigint
    FROM acting
    ON CONFLICT (id) DO NOTHING
)
SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
FROM finished
UNION ALL
-- Stored by an earlier attempt whose outcome was lost on the way.
SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
FROM todo.messages
WHERE user_id = (SELECT user_id FROM acting) AND id = $4::uuid
