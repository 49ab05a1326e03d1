-- The lists that a query may name, of which there are few.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
)
SELECT id::text AS id, name
FROM todo.lists
WHERE user_id = (SELECT user_id FROM acting) AND archived_at IS NULL
