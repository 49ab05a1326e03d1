-- Where the user's lists stand.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
)
SELECT id, parent_id, position, archived_at IS NOT NULL AS is_archived
FROM todo.lists
WHERE user_id = (SELECT user_id FROM acting)
ORDER BY position, id
