-- The answers so far, and whether the client still wants the answer to its request.
-- $1 user  $2 stream  $3 ids of the questions
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
)
SELECT
    (SELECT json_object_agg(question.id, question.response)::text
     FROM todo.mcp_questions AS question
     WHERE question.user_id = (SELECT user_id FROM acting)
       AND question.id = ANY ($3::text[]::uuid[])
       AND question.response IS NOT NULL) AS answers,
    coalesce((SELECT stream.is_cancelled
              FROM todo.mcp_streams AS stream
              WHERE stream.user_id = (SELECT user_id FROM acting) AND stream.id = $2::uuid), false) AS is_cancelled
