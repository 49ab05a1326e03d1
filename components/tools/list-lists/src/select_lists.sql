-- The lists in their order, each followed by those nested in it, with how many open tasks are in each; a row without a list where
-- there is none, for the count of the inbox.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
counts AS MATERIALIZED (
    SELECT list_id, count(*) AS open FROM todo.tasks
    WHERE user_id = (SELECT user_id FROM acting) AND deleted_at IS NULL AND completed_at IS NULL
    GROUP BY list_id
)
SELECT coalesce((SELECT open FROM counts WHERE list_id IS NULL), 0) AS inbox_open_count,
    id IS NOT NULL AS found,
    {list_columns}
FROM acting
LEFT JOIN LATERAL (
    SELECT lists.*, coalesce(counts.open, 0) AS open_count,
        coalesce(parent.position, lists.position) AS family_position, coalesce(parent.id, lists.id) AS family
    FROM todo.lists
    LEFT JOIN todo.lists AS parent ON parent.user_id = lists.user_id AND parent.id = lists.parent_id
    LEFT JOIN counts ON counts.list_id = lists.id
    WHERE lists.user_id = acting.user_id AND (:archived::boolean OR lists.archived_at IS NULL)
) AS list ON true
ORDER BY family_position, family, parent_id IS NOT NULL, position, id
