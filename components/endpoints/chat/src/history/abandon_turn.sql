-- Ends a turn that has no answer and changed nothing. The person's message stays, and a question that it said yes to
-- is open again.
--
-- $1 user  $2 conversation  $3 turn  $4 id of the usage row  $5 model  $6 model turns  $7 input tokens  $8 output tokens
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
ended AS (
    UPDATE todo.conversations
    SET turn_id = NULL, turn_expires_at = NULL
    WHERE user_id = (SELECT user_id FROM acting) AND id = $2::uuid AND turn_id = $3::uuid
    RETURNING id
),
given_back AS (
    UPDATE todo.pending_confirmations
    SET taken_by = NULL
    WHERE user_id = (SELECT user_id FROM acting)
      AND conversation_id IN (SELECT id FROM ended)
      AND taken_by = $3::uuid
),
paid AS (
    INSERT INTO todo.model_usage (id, user_id, model, model_turns, tool_calls, input_tokens, output_tokens)
    SELECT $4::uuid, user_id, $5::text, $6::integer, 0, $7::bigint, $8::bigint
    FROM acting
    WHERE $6::integer > 0
)
SELECT count(*) AS ended FROM ended
