-- Puts a task as it is now into every widget of a conversation that shows it.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
changed AS (
    UPDATE todo.thread_items AS item
    SET content = jsonb_set(item.content, '{tasks}', (
            SELECT jsonb_agg(
                CASE WHEN listed.task ->> 'id' = :task_id::text THEN :task::jsonb ELSE listed.task END ORDER BY listed.place)
            FROM jsonb_array_elements(item.content -> 'tasks') WITH ORDINALITY AS listed (task, place)
        )),
        updated_at = now()
    WHERE item.user_id = (SELECT user_id FROM acting) AND item.conversation_id = :conversation_id::uuid
      AND item.kind = 'widget'
      AND item.content -> 'tasks' @> jsonb_build_array(jsonb_build_object('id', :task_id::text))
    RETURNING item.id, item.created_at, item.sequence, item.place, item.content
)
SELECT id,
       to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at,
       content::text AS content
FROM changed
ORDER BY sequence, place
