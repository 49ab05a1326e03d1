-- The lists by their names: those in use first, in their order.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
)
SELECT id, name, archived_at IS NOT NULL AS is_archived
FROM todo.lists
WHERE user_id = (SELECT user_id FROM acting)
ORDER BY archived_at IS NOT NULL, parent_id IS NOT NULL, position, id
