-- What was done in answer to a message: the steps of the answers after it.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
)
SELECT thread.last_sequence AS last_sequence,
       (SELECT json_agg(answer.steps ORDER BY answer.sequence)::text
        FROM todo.messages AS answer
        JOIN todo.messages AS message
            ON message.conversation_id = answer.conversation_id AND message.user_id = answer.user_id
            AND message.id = :message_id::uuid AND message.role = 'user' AND message.sequence < answer.sequence
        WHERE answer.user_id = (SELECT user_id FROM acting) AND answer.conversation_id = thread.id
          AND answer.role = 'assistant') AS steps
FROM todo.conversations AS thread
WHERE thread.user_id = (SELECT user_id FROM acting) AND thread.id = :conversation_id::uuid
