-- Takes a client's answer, if its session was asked this and has not answered yet.
-- $1 user  $2 session  $3 question  $4 response
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
)
UPDATE todo.mcp_questions
SET response = $4::jsonb
WHERE user_id = (SELECT user_id FROM acting)
  AND id = $3::uuid AND session_id = $2::uuid AND response IS NULL AND expires_at > now()
RETURNING id
