-- Remembers that the client of a session is asked.
-- $1 user  $2 stream  $3 session  $4 ids of the questions
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
expired AS (
    DELETE FROM todo.mcp_questions
    WHERE user_id = (SELECT user_id FROM acting) AND id IN (
        SELECT id FROM todo.mcp_questions
        WHERE user_id = (SELECT user_id FROM acting) AND expires_at < now()
        ORDER BY expires_at LIMIT 20
    )
)
INSERT INTO todo.mcp_questions (user_id, id, session_id, stream_id, expires_at)
SELECT acting.user_id, question.id::uuid, $3::uuid, $2::uuid, now() + interval '10 minutes'
FROM acting, unnest($4::text[]) AS question (id)
RETURNING id
