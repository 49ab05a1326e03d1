-- An answer, with its question as long as it is open.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
)
SELECT answer.text AS text,
       answer.steps::text AS steps,
       (SELECT json_build_object('prompt', asked.prompt, 'calls', asked.calls)::text
        FROM todo.pending_confirmations AS asked
        WHERE asked.user_id = (SELECT user_id FROM acting) AND asked.conversation_id = :conversation_id::uuid
          AND asked.message_id = :answer_id::uuid AND asked.expires_at > now() AND asked.taken_by IS NULL) AS question
FROM todo.messages AS answer
WHERE answer.user_id = (SELECT user_id FROM acting) AND answer.conversation_id = :conversation_id::uuid
  AND answer.id = :answer_id::uuid AND answer.role = 'assistant'
