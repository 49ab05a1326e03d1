-- Takes the lines of a file from the state in which nothing was done with them into another one, once.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
claimed AS (
    UPDATE todo.thread_items
    SET content = jsonb_set(content, '{state}', to_jsonb(:state::text)), updated_at = now()
    WHERE user_id = (SELECT user_id FROM acting) AND conversation_id = :conversation_id::uuid AND id = :item_id::uuid
      AND content ->> 'view' = 'import' AND content ->> 'state' = 'open'
    RETURNING content
)
SELECT content::text AS content FROM claimed
