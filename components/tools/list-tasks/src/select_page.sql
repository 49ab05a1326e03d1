-- A page of a list. What is in braces are fixed texts chosen by order.rs and filters.rs, which name the parameters of the
-- filters, where there are any, and of where to go on.
-- The inner limit, the most that a page may hold, tells PostgreSQL how little is read while it does not look at :limit: so a
-- plan for all values costs no more than one for these, and it plans once for a connection.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
)
SELECT * FROM (
    SELECT {number} AS position_number, {text} AS position_text,
        {task_columns}
    FROM todo.tasks
    WHERE user_id = (SELECT user_id FROM acting)
      AND deleted_at IS NULL
      AND {status}
      AND {position}
      AND {in_list}{filters}
    ORDER BY {order}
    LIMIT {most}
) AS most
LIMIT :limit::bigint
