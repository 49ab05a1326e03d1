-- Keeps what became of the lines of a file.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
kept AS (
    UPDATE todo.thread_items
    SET content = content || jsonb_build_object('state', :state::text, 'added', :added::integer), updated_at = now()
    WHERE user_id = (SELECT user_id FROM acting) AND conversation_id = :conversation_id::uuid AND id = :item_id::uuid
      AND content ->> 'view' = 'import'
    RETURNING content
)
SELECT content::text AS content FROM kept
